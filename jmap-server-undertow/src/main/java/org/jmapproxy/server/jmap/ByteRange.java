package org.jmapproxy.server.jmap;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a body that a client asks for (RFC 9110 section 14.1). Several ranges, or what cannot
 * be read, mean everything.
 */
record ByteRange(long offset, long length, long size) {

  private static final Pattern ONE_RANGE = Pattern.compile("bytes=([0-9]{0,15})-([0-9]{0,15})");

  static ByteRange asked(Optional<String> header, long size) {
    Matcher matcher = ONE_RANGE.matcher(header.orElse(""));
    if (!matcher.matches() || (matcher.group(1) + matcher.group(2)).isEmpty()) {
      return new ByteRange(0, size, size);
    }
    if (matcher.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(matcher.group(2)));
      return last == 0 ? outside(size) : new ByteRange(size - last, last, size);
    }
    long from = Long.parseLong(matcher.group(1));
    long to =
        matcher.group(2).isEmpty()
            ? size - 1
            : Math.min(size - 1, Long.parseLong(matcher.group(2)));
    if (from >= size) {
      return outside(size);
    }
    return to < from ? new ByteRange(0, size, size) : new ByteRange(from, to - from + 1, size);
  }

  boolean isOutside() {
    return offset < 0;
  }

  boolean isPart() {
    return length < size;
  }

  String header() {
    return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
  }

  private static ByteRange outside(long size) {
    return new ByteRange(-1, 0, size);
  }
}
