package org.jmapproxy.core.json;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** {@code Date} and {@code UTCDate} as text (RFC 8620 section 1.4). */
public final class Dates {

  private static final DateTimeFormatter WRITER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

  private Dates() {}

  /**
   * Whether the text is an RFC 3339 date-time with upper-case letters. A fraction of zeros is let
   * pass, as common clients write it.
   */
  public static boolean isDate(String text) {
    return parse(text).isPresent();
  }

  /** Whether the text is a {@link #isDate date-time} whose offset is {@code Z}. */
  public static boolean isUtcDate(String text) {
    return text.endsWith("Z") && isDate(text);
  }

  /** The date-time, if the text is one. */
  public static Optional<OffsetDateTime> parse(String text) {
    if (text.length() < 20 || text.length() > 40 || !wellFormed(text)) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The instant of a date-time, if the text is one. */
  public static Optional<Instant> parseInstant(String text) {
    return parse(text).map(OffsetDateTime::toInstant);
  }

  /** A {@code UTCDate} with whole seconds. */
  public static String utc(Instant instant) {
    return WRITER.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
  }

  /** A {@code Date} with whole seconds and the offset kept. */
  public static String date(OffsetDateTime time) {
    String offset = time.getOffset().getTotalSeconds() == 0 ? "Z" : offset(time.getOffset());
    return WRITER.format(time) + offset;
  }

  private static String offset(ZoneOffset offset) {
    String text = offset.getId();
    return text.length() > 6 ? text.substring(0, 6) : text;
  }

  private static boolean wellFormed(String text) {
    if (text.charAt(4) != '-' || text.charAt(10) != 'T' || text.charAt(16) != ':') {
      return false;
    }
    int i = 19;
    if (text.charAt(i) == '.') {
      int fraction = ++i;
      while (i < text.length() && Character.isDigit(text.charAt(i))) {
        i++;
      }
      if (i == fraction) {
        return false;
      }
    }
    String offset = text.substring(i);
    return offset.equals("Z")
        || (offset.length() == 6
            && offset.charAt(3) == ':'
            && (offset.charAt(0) == '+' || offset.charAt(0) == '-'));
  }
}
