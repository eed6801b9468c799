/** The methods of the Blob extension (RFC 9404). */
@NullMarked
package org.jmapproxy.core.types.internal.blob;

import org.jspecify.annotations.NullMarked;
