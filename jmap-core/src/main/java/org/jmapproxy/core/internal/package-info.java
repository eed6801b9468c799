/** The server object behind the public interface. */
@NullMarked
package org.jmapproxy.core.internal;

import org.jspecify.annotations.NullMarked;
