/** Data types that belong to no field of their own, as modules to add to a server. */
@NullMarked
package org.jmapproxy.core.types;

import org.jspecify.annotations.NullMarked;
