/** Binary data: what a backend stores and hands out (RFC 8620 section 6). */
@NullMarked
package org.jmapproxy.core.blob;

import org.jspecify.annotations.NullMarked;
