package org.jmapproxy.contacts.jscontact;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A PartialDate, or a Timestamp that says so (RFC 9553 section 2.8.1). */
final class AnniversaryDate {

  private static final ObjectType TIMESTAMP =
      new ObjectType("Timestamp").mandatory("utc", ValueType.UTC);

  private static final ObjectType PARTIAL =
      new ObjectType("PartialDate")
          .with("year", ValueType.integer(0, 9999))
          .with("month", ValueType.integer(1, 12))
          .with("day", ValueType.integer(1, 31))
          .with("calendarScale", ValueType.NOT_EMPTY)
          .atLeastOne("year", "month")
          .holding(AnniversaryDate::parts);

  static final ValueType TYPE =
      (pointer, value, found) ->
          (value.path("@type").asString("").equals("Timestamp") ? TIMESTAMP : PARTIAL)
              .check(pointer, value, found);

  private AnniversaryDate() {}

  private static List<CardProblem> parts(String prefix, JsonNode date) {
    if (date.has("day") && !date.has("month")) {
      return List.of(new CardProblem(prefix + "day", "needs a month"));
    }
    if (date.has("month") && !date.has("year") && !date.has("day")) {
      return List.of(new CardProblem(prefix + "month", "needs a year or a day"));
    }
    try {
      LocalDate.of(
          date.path("year").asInt(2000), date.path("month").asInt(1), date.path("day").asInt(1));
      return List.of();
    } catch (DateTimeException e) {
      return List.of(new CardProblem(prefix + "day", "is not in this month"));
    }
  }
}
