/** Tests of requests to other HTTP servers. */
@NullMarked
package org.jmapproxy.core.http;

import org.jspecify.annotations.NullMarked;
