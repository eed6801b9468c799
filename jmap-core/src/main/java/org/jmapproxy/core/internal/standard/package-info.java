/** The standard methods, derived from the declaration of a data type (RFC 8620 section 5). */
@NullMarked
package org.jmapproxy.core.internal.standard;

import org.jspecify.annotations.NullMarked;
