/** Methods beyond the standard ones, and the invocations that they work on. */
@NullMarked
package org.jmapproxy.core.method;

import org.jspecify.annotations.NullMarked;
