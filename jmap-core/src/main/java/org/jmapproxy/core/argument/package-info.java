/** Extra arguments that data types add to the standard methods. */
@NullMarked
package org.jmapproxy.core.argument;

import org.jspecify.annotations.NullMarked;
