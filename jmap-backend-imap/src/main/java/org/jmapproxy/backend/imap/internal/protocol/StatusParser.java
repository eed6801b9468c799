package org.jmapproxy.backend.imap.internal.protocol;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** Reads the data of a STATUS response. */
final class StatusParser {
  private StatusParser() {}

  /**
   * The status behind the word STATUS; empty if it has no list of items.
   *
   * @param utf8 whether names are plain UTF-8
   */
  static Optional<MailboxStatus> parse(ResponseCursor cursor, boolean utf8) {
    if (!cursor.string()) {
      return Optional.empty();
    }
    String name = MailboxNames.decode(cursor.text(), utf8);
    cursor.skipSpaces();
    if (!cursor.accept('(')) {
      return Optional.empty();
    }
    Map<String, String> items = new HashMap<>();
    while (!cursor.atEnd() && cursor.peek() != ')') {
      cursor.skipSpaces();
      String item = cursor.atom().toUpperCase(Locale.ROOT);
      cursor.skipSpaces();
      int from = cursor.position();
      boolean inList = cursor.accept('(');
      if (cursor.string()) {
        items.put(item, cursor.text());
      }
      if (inList || cursor.position() == from) {
        cursor.position(from);
        if (!cursor.skipValue()) {
          break;
        }
      }
      cursor.skipSpaces();
    }
    return Optional.of(status(name, items));
  }

  private static MailboxStatus status(String name, Map<String, String> items) {
    OptionalLong modSeq = number(items, "HIGHESTMODSEQ");
    return new MailboxStatus(
        name,
        number(items, "MESSAGES"),
        number(items, "UIDNEXT"),
        number(items, "UIDVALIDITY"),
        number(items, "UNSEEN"),
        modSeq.isPresent() && modSeq.getAsLong() == 0 ? OptionalLong.empty() : modSeq,
        Optional.ofNullable(items.get("MAILBOXID")),
        Optional.ofNullable(items.get("X-GUID")),
        number(items, "SIZE"));
  }

  private static OptionalLong number(Map<String, String> items, String name) {
    String value = items.getOrDefault(name, "");
    return value.matches("\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }
}
