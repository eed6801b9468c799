package org.jmapproxy.mail.header;

/** What stands between the angle brackets of an address, on its way to an addr-spec. */
final class AngleContent {
  private final StringBuilder text = new StringBuilder();
  private boolean spaceBefore;
  private boolean routeEnded;

  boolean isEmpty() {
    return text.isEmpty();
  }

  /** Whether it begins with an obsolete source route ({@code @a,@b:}) that is not over yet. */
  boolean isRoute() {
    return !text.isEmpty() && text.charAt(0) == '@' && !routeEnded;
  }

  void quoted(String quotedString) {
    separate();
    text.append(quotedString);
  }

  void character(char c) {
    if (FieldScanner.isSpace(c)) {
      spaceBefore = true;
      return;
    }
    if (c != '.' && c != '@') {
      separate();
    }
    spaceBefore = false;
    routeEnded |= c == ':';
    text.append(c);
  }

  /** White space around dots and the at sign means nothing; elsewhere it is kept, once. */
  private void separate() {
    if (spaceBefore && !text.isEmpty() && !endsWith('.') && !endsWith('@')) {
      text.append(' ');
    }
    spaceBefore = false;
  }

  private boolean endsWith(char c) {
    return text.charAt(text.length() - 1) == c;
  }

  String address() {
    String address = text.toString();
    if (address.startsWith("@") && address.indexOf(':') > 0) {
      address = address.substring(address.indexOf(':') + 1);
    }
    return address.regionMatches(true, 0, "mailto:", 0, 7) ? address.substring(7) : address;
  }
}
