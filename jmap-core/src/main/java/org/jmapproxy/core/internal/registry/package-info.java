/** What the modules of a server declare, checked once and immutable, and core's own module. */
@NullMarked
package org.jmapproxy.core.internal.registry;

import org.jspecify.annotations.NullMarked;
