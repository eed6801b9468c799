/** Measures the proxy's jar in front of a real Dovecot, always as a ratio to bare IMAP. */
@NullMarked
package org.jmapproxy.examples.benchmarks;

import org.jspecify.annotations.NullMarked;
