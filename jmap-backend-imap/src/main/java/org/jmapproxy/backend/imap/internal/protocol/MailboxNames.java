package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.wire.ModifiedUtf7;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** Mailbox names between the wire and the caller. */
final class MailboxNames {
  private MailboxNames() {}

  /**
   * The name that the server means; INBOX in its one spelling.
   *
   * @param utf8 whether names are plain UTF-8 (RFC 6855) rather than modified UTF-7
   */
  static String decode(String wire, boolean utf8) {
    String name = utf8 ? wire : ModifiedUtf7.decode(wire).orElse(wire);
    return name.equalsIgnoreCase("INBOX") ? "INBOX" : name;
  }

  /** The separator that is next; empty for NIL. */
  static Optional<Character> separator(ResponseCursor cursor) {
    return cursor.string() && cursor.length() > 0
        ? Optional.of(cursor.text().charAt(0))
        : Optional.empty();
  }
}
