/** What the session announces: capabilities and limits (RFC 8620 section 2). */
@NullMarked
package org.jmapproxy.core.session;

import org.jspecify.annotations.NullMarked;
