/** Calls on their way to an upstream, and its responses on their way back. */
@NullMarked
package org.jmapproxy.backend.passthrough.internal.forward;

import org.jspecify.annotations.NullMarked;
