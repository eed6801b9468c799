/** The client for requests to other HTTP servers that comes with core: the JDK's. */
@NullMarked
package org.jmapproxy.core.internal.http;

import org.jspecify.annotations.NullMarked;
