/**
 * IMAP as the synchronisation needs it: one connection, typed commands, typed failures.
 *
 * <p>The connection is our own and does not extend Angus Mail's {@code IMAPProtocol}. Everything
 * that matters here differs from it: literals must be bounded before memory is taken for them, a
 * FETCH item that surprises must cost that item alone, bodies are streamed, a lost reply must be
 * told from a refused command, and IDLE must end at once from another thread. What would be left to
 * inherit (sockets, tags, SASL PLAIN) is less code than the bridge to it, and takes a lock for
 * every response.
 *
 * <p>Nothing here knows JMAP, the store or SQL. All types but {@link
 * org.jmapproxy.backend.imap.internal.protocol.ImapConnection} and its command groups are
 * immutable.
 */
@NullMarked
package org.jmapproxy.backend.imap.internal.protocol;

import org.jspecify.annotations.NullMarked;
