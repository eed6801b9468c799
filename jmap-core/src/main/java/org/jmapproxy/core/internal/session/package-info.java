/** The session object and its state (RFC 8620 section 2). */
@NullMarked
package org.jmapproxy.core.internal.session;

import org.jspecify.annotations.NullMarked;
