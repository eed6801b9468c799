package org.jmapproxy.core.internal.json;

/** Well-formedness of UTF-8 (RFC 3629); the JSON parser itself lets overlong forms pass. */
final class Utf8 {

  private Utf8() {}

  /** The index of the first octet that does not belong to well-formed UTF-8, or -1. */
  static int firstInvalid(byte[] text) {
    int i = 0;
    while (i < text.length) {
      if (text[i] >= 0) {
        i++;
        continue;
      }
      int length = sequenceLength(text, i);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** The length of the well-formed multi-octet sequence that begins here, or 0. */
  private static int sequenceLength(byte[] text, int start) {
    int lead = text[start] & 0xff;
    if (lead >= 0xc2 && lead <= 0xdf) {
      return continuations(text, start, 1, 0x80, 0xbf);
    }
    return switch (lead) {
      case 0xe0 -> continuations(text, start, 2, 0xa0, 0xbf);
      case 0xed -> continuations(text, start, 2, 0x80, 0x9f);
      case 0xf0 -> continuations(text, start, 3, 0x90, 0xbf);
      case 0xf4 -> continuations(text, start, 3, 0x80, 0x8f);
      default -> {
        if (lead >= 0xe1 && lead <= 0xef) {
          yield continuations(text, start, 2, 0x80, 0xbf);
        }
        yield lead >= 0xf1 && lead <= 0xf3 ? continuations(text, start, 3, 0x80, 0xbf) : 0;
      }
    };
  }

  private static int continuations(byte[] text, int start, int count, int low, int high) {
    if (start + count >= text.length) {
      return 0;
    }
    int first = text[start + 1] & 0xff;
    if (first < low || first > high) {
      return 0;
    }
    for (int i = 2; i <= count; i++) {
      if ((text[start + i] & 0xc0) != 0x80) {
        return 0;
      }
    }
    return count + 1;
  }
}
