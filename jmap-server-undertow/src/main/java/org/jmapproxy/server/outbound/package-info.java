/** Requests to other HTTP servers, connected to addresses that were looked at. */
@NullMarked
package org.jmapproxy.server.outbound;

import org.jspecify.annotations.NullMarked;
