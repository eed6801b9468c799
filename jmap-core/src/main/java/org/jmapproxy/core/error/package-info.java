/**
 * Errors as values, in the three families of RFC 8620 section 3.6, and the exceptions that carry
 * them.
 */
@NullMarked
package org.jmapproxy.core.error;

import org.jspecify.annotations.NullMarked;
