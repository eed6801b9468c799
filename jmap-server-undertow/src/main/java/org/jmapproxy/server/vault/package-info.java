/** Sealing of stored passwords. Which sealing reads a stored value is told by its prefix alone. */
@NullMarked
package org.jmapproxy.server.vault;

import org.jspecify.annotations.NullMarked;
