/** Strict reading of I-JSON (RFC 7493) within bounds, and writing. */
@NullMarked
package org.jmapproxy.core.internal.json;

import org.jspecify.annotations.NullMarked;
