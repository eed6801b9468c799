package org.jmapproxy.mail.header;

import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Time zones of date-time values, the obsolete names of RFC 5322 section 4.3 included. */
final class DateZones {
  private static final Map<String, Integer> HOURS =
      Map.ofEntries(
          Map.entry("ut", 0),
          Map.entry("utc", 0),
          Map.entry("gmt", 0),
          Map.entry("z", 0),
          Map.entry("est", -5),
          Map.entry("edt", -4),
          Map.entry("cst", -6),
          Map.entry("cdt", -5),
          Map.entry("mst", -7),
          Map.entry("mdt", -6),
          Map.entry("pst", -8),
          Map.entry("pdt", -7),
          Map.entry("bst", 1),
          Map.entry("cet", 1),
          Map.entry("met", 1),
          Map.entry("cest", 2),
          Map.entry("mest", 2),
          Map.entry("eet", 2),
          Map.entry("eest", 3),
          Map.entry("msk", 3),
          Map.entry("jst", 9),
          Map.entry("kst", 9));

  private DateZones() {}

  /** An offset for a lower-case name, also {@code gmt+0100}; military letters say nothing. */
  static Optional<ZoneOffset> named(String name) {
    Integer hours = HOURS.get(name);
    if (hours != null) {
      return Optional.of(ZoneOffset.ofHours(hours));
    }
    int sign = Math.max(name.indexOf('+'), name.indexOf('-'));
    return sign == 3 || sign == 2 ? Optional.of(numeric(name.substring(sign))) : Optional.empty();
  }

  /** The offset of {@code +0130}, {@code -05:00}, {@code +2}; one that cannot be is UTC. */
  static ZoneOffset numeric(String word) {
    String digits = word.substring(1).replace(":", "");
    if (digits.isEmpty()
        || digits.length() > 4
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return ZoneOffset.UTC;
    }
    int number = Integer.parseInt(digits);
    int minutes = digits.length() < 3 ? number * 60 : number / 100 * 60 + number % 100;
    boolean impossible = minutes > 18 * 60 || (digits.length() > 2 && number % 100 > 59);
    if (impossible) {
      return ZoneOffset.UTC;
    }
    return ZoneOffset.ofTotalSeconds((word.charAt(0) == '-' ? -60 : 60) * minutes);
  }
}
