package org.jmapproxy.backend.imap.internal.protocol;

import java.util.stream.LongStream;

/** UIDs whose order matters, as COPYUID and APPENDUID list them. */
final class UidSequence {
  private UidSequence() {}

  /** The UIDs in the order of the text; none if it is malformed or has more than {@code most}. */
  static long[] expand(String text, int most) {
    LongStream.Builder uids = LongStream.builder();
    long count = 0;
    for (String element : text.split(",", -1)) {
      if (!element.matches("\\d{1,10}(:\\d{1,10})?")) {
        return new long[0];
      }
      int colon = element.indexOf(':');
      long first = Long.parseLong(colon < 0 ? element : element.substring(0, colon));
      long last = colon < 0 ? first : Long.parseLong(element.substring(colon + 1));
      long low = Math.min(first, last);
      long high = Math.max(first, last);
      count += high - low + 1;
      if (count > most) {
        return new long[0];
      }
      LongStream.rangeClosed(low, high).forEach(uids::add);
    }
    return uids.build().toArray();
  }
}
