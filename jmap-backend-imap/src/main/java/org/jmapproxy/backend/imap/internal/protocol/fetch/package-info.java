/** FETCH: what is asked, what came back, and the tolerant reading of it. */
@NullMarked
package org.jmapproxy.backend.imap.internal.protocol.fetch;

import org.jspecify.annotations.NullMarked;
