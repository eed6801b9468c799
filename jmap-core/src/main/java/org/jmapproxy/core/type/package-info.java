/** The declaration of a data type, from which the engine derives its standard methods. */
@NullMarked
package org.jmapproxy.core.type;

import org.jspecify.annotations.NullMarked;
