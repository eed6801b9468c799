/**
 * Sieve scripts at the mail server, through ManageSieve (RFC 5804). The protocol is spoken by a
 * small connection of our own: no library of the field offers it, and it is a handful of commands.
 */
@NullMarked
package org.jmapproxy.backend.imap.internal.sieve;

import org.jspecify.annotations.NullMarked;
