/** The data type SieveScript (RFC 9661). */
@NullMarked
package org.jmapproxy.mail.sieve;

import org.jspecify.annotations.NullMarked;
