/** How changes at an upstream are heard of. */
@NullMarked
package org.jmapproxy.backend.passthrough.internal.push;

import org.jspecify.annotations.NullMarked;
