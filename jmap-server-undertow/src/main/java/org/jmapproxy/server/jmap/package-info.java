/** The JMAP port: session, API, upload, download and event source (RFC 8620). */
@NullMarked
package org.jmapproxy.server.jmap;

import org.jspecify.annotations.NullMarked;
