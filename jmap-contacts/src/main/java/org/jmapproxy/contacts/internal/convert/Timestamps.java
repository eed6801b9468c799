package org.jmapproxy.contacts.internal.convert;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.contacts.vcard.VCardVersion;
import org.jmapproxy.core.json.Dates;

/** TIMESTAMP and UTCDateTime (RFC 9555 section 2.2.2). */
final class Timestamps {

  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4})-?(\\d{2})-?(\\d{2})[T ](\\d{2})(?::?(\\d{2}))?(?::?(\\d{2}))?(?:[.,]\\d+)?"
              + "(Z|[+-]\\d{2}(?::?\\d{2})?)?");

  private static final Pattern DATE = Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})");

  private Timestamps() {}

  /** A UTCDateTime; a time without a zone is no point in time. */
  static Optional<String> read(String value) {
    Matcher match = TIMESTAMP.matcher(value.strip());
    return match.matches() && match.group(7) != null
        ? utc(match, match.group(7))
        : Optional.empty();
  }

  /** A UTCDateTime, where a time without a zone, or a date alone, is taken for UTC. */
  static Optional<String> readLeniently(String value) {
    Matcher date = DATE.matcher(value.strip());
    if (date.matches()) {
      return readLeniently(date.group(1) + date.group(2) + date.group(3) + "T000000");
    }
    Matcher match = TIMESTAMP.matcher(value.strip());
    return match.matches()
        ? utc(match, match.group(7) == null ? "Z" : match.group(7))
        : Optional.empty();
  }

  private static Optional<String> utc(Matcher match, String zone) {
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(match, 1),
              number(match, 2),
              number(match, 3),
              number(match, 4),
              number(match, 5),
              number(match, 6));
      return Optional.of(Dates.utc(OffsetDateTime.of(local, ZoneOffset.of(zone)).toInstant()));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static int number(Matcher match, int group) {
    String digits = match.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** The value for a UTCDateTime; a fraction of seconds has no place in it. */
  static Optional<String> write(String utc, VCardVersion version) {
    if (!Dates.isUtcDate(utc)) {
      return Optional.empty();
    }
    String whole = utc.substring(0, 19) + "Z";
    return Optional.of(
        version == VCardVersion.V4_0 ? whole.replace("-", "").replace(":", "") : whole);
  }
}
