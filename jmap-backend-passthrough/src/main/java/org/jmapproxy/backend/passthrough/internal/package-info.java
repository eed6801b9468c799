/** How the backend works. */
@NullMarked
package org.jmapproxy.backend.passthrough.internal;

import org.jspecify.annotations.NullMarked;
