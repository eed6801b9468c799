/** State changes: where they are published, and how they are written to an event stream. */
@NullMarked
package org.jmapproxy.core.push;

import org.jspecify.annotations.NullMarked;
