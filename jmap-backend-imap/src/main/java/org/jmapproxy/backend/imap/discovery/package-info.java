/** Finds the servers of an address. */
@NullMarked
package org.jmapproxy.backend.imap.discovery;

import org.jspecify.annotations.NullMarked;
