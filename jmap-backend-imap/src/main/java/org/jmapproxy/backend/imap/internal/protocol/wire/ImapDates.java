package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The two date forms of RFC 3501: {@code date-time} (INTERNALDATE) and {@code date} (SEARCH). */
public final class ImapDates {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss xx", Locale.ENGLISH);
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d-MMM-yyyy", Locale.ENGLISH);
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private ImapDates() {}

  public static String dateTime(Instant instant) {
    return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC).format(DATE_TIME);
  }

  public static String date(LocalDate date) {
    return date.format(DATE);
  }

  /**
   * Reads {@code 17-Jul-1996 02:44:25 -0700}, tolerating a missing zone; empty if it is no date.
   */
  public static Optional<Instant> parse(String text) {
    int[] at = {0};
    try {
      int day = number(text, at);
      int month = month(text, at);
      int year = number(text, at);
      int hour = number(text, at);
      int minute = number(text, at);
      int second = Math.min(59, number(text, at));
      long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400;
      seconds += hour * 3600L + minute * 60L + second - zone(text, at[0]);
      return Optional.of(Instant.ofEpochSecond(seconds));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The next run of digits; other characters before it are stepped over. */
  private static int number(String text, int[] at) {
    int i = at[0];
    while (i < text.length() && !isDigit(text.charAt(i))) {
      i++;
    }
    int from = i;
    int value = 0;
    while (i < text.length() && isDigit(text.charAt(i)) && i - from < 6) {
      value = value * 10 + (text.charAt(i) - '0');
      i++;
    }
    if (i == from) {
      throw new DateTimeException("no number");
    }
    at[0] = i;
    return value;
  }

  private static int zone(String text, int from) {
    int sign = text.indexOf('-', from) >= 0 ? -1 : 1;
    int i = Math.max(text.indexOf('+', from), text.indexOf('-', from));
    if (i < 0) {
      return 0;
    }
    int zone = number(text, new int[] {i});
    return sign * (zone / 100 * 60 + zone % 100) * 60;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int month(String text, int[] at) {
    int from = at[0] + 1;
    if (from + 3 > text.length()) {
      throw new DateTimeException("no month");
    }
    int index = MONTHS.indexOf(text.substring(from, from + 3).toLowerCase(Locale.ROOT));
    if (index < 0 || index % 3 != 0) {
      throw new DateTimeException("no month");
    }
    at[0] = from + 3;
    return index / 3 + 1;
  }
}
