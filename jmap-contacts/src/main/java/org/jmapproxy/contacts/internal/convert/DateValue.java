package org.jmapproxy.contacts.internal.convert;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The date of an anniversary: whole, partial or a point in time (RFC 9555 section 2.2.2). Apple
 * writes a date without a year as one in a year that a parameter tells to leave out.
 */
final class DateValue implements ValueRule {

  private static final String OMIT_YEAR = "X-APPLE-OMIT-YEAR";
  private static final String OMITTED_YEAR = "1604";

  /** A local midnight is how some applications write a date. */
  private static final Pattern DATE =
      Pattern.compile("(\\d{4})(?:-?(\\d{2})-?(\\d{2})(?:T00:?00:?00(?:\\.0+)?)?|-(\\d{2}))?");

  private static final Pattern WITHOUT_YEAR = Pattern.compile("--(\\d{2})-?(\\d{2})");

  @Override
  public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
    String value = line.value().strip();
    if (line.parameters().has("VALUE", "text")) {
      return false;
    }
    Optional<ObjectNode> date = partial(value, line.parameters().first(OMIT_YEAR).orElse(""));
    if (date.isPresent()) {
      parameters.takeAll(OMIT_YEAR);
      parameters
          .take("CALSCALE")
          .ifPresent(scale -> date.get().put("calendarScale", scale.toLowerCase(Locale.ROOT)));
      entry.set("date", date.get());
      return true;
    }
    Optional<String> utc = Timestamps.read(value);
    utc.ifPresent(time -> entry.putObject("date").put("@type", "Timestamp").put("utc", time));
    return utc.isPresent();
  }

  private static Optional<ObjectNode> partial(String value, String omittedYear) {
    ObjectNode date = Members.JSON.objectNode();
    Matcher whole = DATE.matcher(value);
    Matcher withoutYear = WITHOUT_YEAR.matcher(value);
    if (withoutYear.matches()) {
      put(date, "month", withoutYear.group(1));
      put(date, "day", withoutYear.group(2));
    } else if (whole.matches()) {
      if (!whole.group(1).equals(omittedYear)) {
        put(date, "year", whole.group(1));
      }
      put(date, "month", whole.group(2) == null ? whole.group(4) : whole.group(2));
      put(date, "day", whole.group(3));
    }
    return isPossible(date) ? Optional.of(date) : Optional.empty();
  }

  private static void put(
      ObjectNode date, String member, @org.jspecify.annotations.Nullable String digits) {
    if (digits != null) {
      date.put(member, Integer.parseInt(digits));
    }
  }

  /** Whether this is a year, a month of a year, a day of a month, or a day. */
  private static boolean isPossible(ObjectNode date) {
    boolean year = date.has("year");
    boolean month = date.has("month");
    boolean day = date.has("day");
    if ((!year && !(month && day)) || (day && !month)) {
      return false;
    }
    try {
      LocalDate.of(
          date.path("year").asInt(2000), date.path("month").asInt(1), date.path("day").asInt(1));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  @Override
  public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
    Optional<ObjectNode> date = Members.object(entry, "date");
    Optional<String> utc = date.flatMap(d -> Members.string(d, "utc"));
    if (utc.isPresent()) {
      Optional<String> value = Timestamps.write(utc.get(), version);
      value.ifPresent(line::value);
      return value.isPresent();
    }
    return date.isPresent() && writePartial(date.get(), line, version);
  }

  private static boolean writePartial(ObjectNode date, LineDraft line, VCardVersion version) {
    if (!isNumber(date, "year", 9999)
        || !isNumber(date, "month", 12)
        || !isNumber(date, "day", 31)
        || !isPossible(date)) {
      return false;
    }
    line.set("CALSCALE", Members.string(date, "calendarScale"));
    boolean basic = version == VCardVersion.V4_0;
    String month = digits(date, "month", "%02d");
    String day = digits(date, "day", "%02d");
    String year = digits(date, "year", "%04d");
    if (year.isEmpty() && !basic) {
      line.set(OMIT_YEAR, OMITTED_YEAR);
      year = OMITTED_YEAR;
    }
    if (day.isEmpty()) {
      line.value(month.isEmpty() ? year : year + "-" + month);
    } else if (year.isEmpty()) {
      line.value("--" + month + day);
    } else {
      line.value(basic ? year + month + day : year + "-" + month + "-" + day);
    }
    return true;
  }

  private static boolean isNumber(ObjectNode date, String member, int max) {
    JsonNode value = date.path(member);
    return value.isMissingNode()
        || (value.isInt() && value.intValue() >= 0 && value.intValue() <= max);
  }

  private static String digits(ObjectNode date, String member, String format) {
    return date.has(member) ? String.format(Locale.ROOT, format, date.path(member).intValue()) : "";
  }
}
