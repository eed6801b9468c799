package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Locale;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** OK, NO, BAD, BYE or PREAUTH with its code and text. */
record StatusResponse(String status, ResponseCode code, String text) {
  private static final int LONGEST_TEXT = 300;

  /** Reads from just after the status word. */
  static StatusResponse read(String status, ResponseCursor cursor) {
    ResponseCode code = ResponseCode.NONE;
    cursor.skipSpaces();
    if (cursor.peek() == '[') {
      int from = cursor.position() + 1;
      int close = closingBracket(cursor, from);
      if (close > 0) {
        String inside = cursor.textBetween(from, close);
        int space = inside.indexOf(' ');
        code =
            space < 0
                ? new ResponseCode(inside, "")
                : new ResponseCode(inside.substring(0, space), inside.substring(space + 1).trim());
        cursor.position(close + 1);
        cursor.skipSpaces();
      }
    }
    return new StatusResponse(status.toUpperCase(Locale.ROOT), code, readable(cursor.rest()));
  }

  private static int closingBracket(ResponseCursor cursor, int from) {
    boolean quoted = false;
    for (int i = from; i < cursor.end(); i++) {
      int c = cursor.at(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ']' && !quoted) {
        return i;
      }
    }
    return -1;
  }

  private static String readable(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ").trim();
    return printable.length() <= LONGEST_TEXT ? printable : printable.substring(0, LONGEST_TEXT);
  }

  boolean isOk() {
    return status.equals("OK");
  }

  static boolean isStatus(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "OK", "NO", "BAD", "BYE", "PREAUTH" -> true;
      default -> false;
    };
  }
}
