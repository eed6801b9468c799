/** Authenticated requests to an upstream, and what its refusals mean. */
@NullMarked
package org.jmapproxy.backend.passthrough.internal.http;

import org.jspecify.annotations.NullMarked;
