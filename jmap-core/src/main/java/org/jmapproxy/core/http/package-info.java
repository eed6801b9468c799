/** Requests to HTTP servers elsewhere, through whichever client an application brings. */
@NullMarked
package org.jmapproxy.core.http;

import org.jspecify.annotations.NullMarked;
