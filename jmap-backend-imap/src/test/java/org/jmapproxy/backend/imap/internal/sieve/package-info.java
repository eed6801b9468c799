/** Sieve scripts. */
@NullMarked
package org.jmapproxy.backend.imap.internal.sieve;

import org.jspecify.annotations.NullMarked;
