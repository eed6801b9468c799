package org.jmapproxy.backend.imap.internal.protocol.wire;

/**
 * Shares the strings that servers send over and over (flags, MIME types, charsets), found by their
 * bytes without making a string first. Bounded: a newcomer takes the place of an older one.
 */
final class TokenCache {
  private static final int SLOTS = 1024;
  private static final int LONGEST = 40;

  private final String[] slots = new String[SLOTS];

  TokenCache() {
    java.util.Arrays.fill(slots, "");
  }

  String get(byte[] data, int from, int to) {
    int length = to - from;
    if (length <= 0) {
      return "";
    }
    if (length > LONGEST) {
      return ResponseCursor.decode(data, from, to);
    }
    int hash = length;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + data[i];
    }
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    String cached = slots[slot];
    if (matches(cached, data, from, length)) {
      return cached;
    }
    String fresh = ResponseCursor.decode(data, from, to);
    slots[slot] = fresh;
    return fresh;
  }

  private static boolean matches(String cached, byte[] data, int from, int length) {
    if (cached.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (data[from + i] < 0 || cached.charAt(i) != data[from + i]) {
        return false;
      }
    }
    return true;
  }
}
