/** Counters and gauges of the process and their text exposition. */
@NullMarked
package org.jmapproxy.server.metrics;

import org.jspecify.annotations.NullMarked;
