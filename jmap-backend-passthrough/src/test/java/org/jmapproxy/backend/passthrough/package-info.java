/** Tests against upstreams that do what a test says. */
@NullMarked
package org.jmapproxy.backend.passthrough;

import org.jspecify.annotations.NullMarked;
