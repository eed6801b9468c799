/** Event streams (RFC 8620 section 7.3). */
@NullMarked
package org.jmapproxy.core.internal.push;

import org.jspecify.annotations.NullMarked;
