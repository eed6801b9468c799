package org.jmapproxy.backend.imap.internal.protocol.fetch;

import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** Finds the place where reading can go on after a value without a recognisable end. */
final class KnownItems {
  private static final String[] NAMES = {
    "UID", "FLAGS", "MODSEQ", "INTERNALDATE", "RFC822.SIZE", "BODYSTRUCTURE", "EMAILID", "THREADID"
  };

  private KnownItems() {}

  /** The position of the next item name after {@code from}, or the end of the response. */
  static int next(ResponseCursor cursor, int from) {
    for (int i = Math.max(1, from); i < cursor.end(); i++) {
      int before = cursor.at(i - 1);
      if ((before == ' ' || before == ')') && isItem(cursor, i)) {
        return i;
      }
    }
    return cursor.end();
  }

  private static boolean isItem(ResponseCursor cursor, int at) {
    cursor.position(at);
    if (cursor.textBetween(at, Math.min(at + 5, cursor.end())).equalsIgnoreCase("BODY[")) {
      return true;
    }
    for (String name : NAMES) {
      if (cursor.acceptWord(name)) {
        return cursor.accept(' ') && looksLikeValue(name, cursor);
      }
    }
    return false;
  }

  private static boolean looksLikeValue(String name, ResponseCursor cursor) {
    int c = cursor.peek();
    return switch (name) {
      case "UID", "RFC822.SIZE" -> c >= '0' && c <= '9';
      case "INTERNALDATE" -> c == '"';
      default -> c == '(';
    };
  }
}
