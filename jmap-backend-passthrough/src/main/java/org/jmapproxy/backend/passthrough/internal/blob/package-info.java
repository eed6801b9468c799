/** Binary data at an upstream, streamed both ways. */
@NullMarked
package org.jmapproxy.backend.passthrough.internal.blob;

import org.jspecify.annotations.NullMarked;
