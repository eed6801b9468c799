package org.jmapproxy.backend.imap.internal.sieve;

/** Strings in the language Sieve (RFC 5228 section 2.4.2). */
final class SieveText {

  private SieveText() {}

  /** A quoted string; line breaks become CRLF. */
  static String quoted(String text) {
    String lines = text.replace("\r\n", "\n").replace('\r', '\n').replace("\n", "\r\n");
    return '"' + lines.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
