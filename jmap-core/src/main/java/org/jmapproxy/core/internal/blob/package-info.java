/** Upload, download and copy of binary data (RFC 8620 section 6). */
@NullMarked
package org.jmapproxy.core.internal.blob;

import org.jspecify.annotations.NullMarked;
