/** What a transport exchanges with the server object beside JSON: answers and event streams. */
@NullMarked
package org.jmapproxy.core.transport;

import org.jspecify.annotations.NullMarked;
