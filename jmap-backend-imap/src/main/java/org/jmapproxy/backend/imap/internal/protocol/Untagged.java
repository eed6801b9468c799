package org.jmapproxy.backend.imap.internal.protocol;

import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** The untagged response that was just read; one object per session, filled anew each time. */
final class Untagged {
  private long number = -1;
  private String keyword = "";
  private ResponseCursor cursor;

  Untagged(ResponseCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads number and keyword; the cursor is left before the data. */
  void read(ResponseCursor response) {
    cursor = response;
    cursor.skipSpaces();
    number = cursor.number();
    cursor.skipSpaces();
    keyword = cursor.atom();
    cursor.skipSpaces();
  }

  boolean is(String name) {
    return keyword.equalsIgnoreCase(name);
  }

  /** The number before the keyword, or -1. */
  long number() {
    return number;
  }

  String keyword() {
    return keyword;
  }

  ResponseCursor cursor() {
    return cursor;
  }
}
