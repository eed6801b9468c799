/** Black-box tests of the engine: literal JSON in, JSON out, one class per section of RFC 8620. */
@NullMarked
package org.jmapproxy.core.conformance;

import org.jspecify.annotations.NullMarked;
