/** What a backend over IMAP tells about its work, for metrics. */
@NullMarked
package org.jmapproxy.backend.imap.observer;

import org.jspecify.annotations.NullMarked;
