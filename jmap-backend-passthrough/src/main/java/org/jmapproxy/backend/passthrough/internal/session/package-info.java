/** What an upstream says of itself: finding, reading, checking and keeping its session. */
@NullMarked
package org.jmapproxy.backend.passthrough.internal.session;

import org.jspecify.annotations.NullMarked;
