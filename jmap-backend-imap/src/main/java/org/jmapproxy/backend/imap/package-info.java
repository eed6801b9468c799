/** The backend over IMAP: a local replica, written through. */
@NullMarked
package org.jmapproxy.backend.imap;

import org.jspecify.annotations.NullMarked;
