package org.jmapproxy.mail.header;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads one date-time: finds day, month, year, time and zone among at most sixteen words. */
final class DateParser {
  private static final int MOST_WORDS = 16;
  private static final int LONGEST_VALUE = 512;
  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private final List<String> words;
  private final List<Integer> numbers = new ArrayList<>();
  private int month;
  private Optional<LocalTime> time = Optional.empty();
  private Optional<ZoneOffset> zone = Optional.empty();
  private boolean afternoon;
  private boolean forenoon;

  DateParser(String raw) {
    this.words = words(raw.length() > LONGEST_VALUE ? raw.substring(0, LONGEST_VALUE) : raw);
  }

  Optional<OffsetDateTime> parse() {
    try {
      if (words.isEmpty()) {
        return Optional.empty();
      }
      Optional<OffsetDateTime> iso = iso();
      if (iso.isPresent()) {
        return iso;
      }
      words.forEach(this::take);
      return assemble();
    } catch (DateTimeException | NumberFormatException outOfRange) {
      return Optional.empty();
    }
  }

  private Optional<OffsetDateTime> assemble() {
    if (month == 0 || numbers.size() < 2 || time.isEmpty()) {
      return Optional.empty();
    }
    boolean yearFirst = numbers.get(0) > 31;
    int day = numbers.get(yearFirst ? 1 : 0);
    int year = fullYear(numbers.get(yearFirst ? 0 : 1));
    return Optional.of(
        OffsetDateTime.of(
            LocalDate.of(year, month, day), halfDay(time.get()), zone.orElse(ZoneOffset.UTC)));
  }

  private void take(String word) {
    char first = word.charAt(0);
    if (isDigit(first)) {
      takeNumber(word);
    } else if ((first == '+' || first == '-') && time.isPresent()) {
      if (zone.isEmpty() || zone.get().equals(ZoneOffset.UTC)) {
        zone = Optional.of(DateZones.numeric(word));
      }
    } else {
      takeName(word.toLowerCase(Locale.ROOT));
    }
  }

  private void takeNumber(String word) {
    boolean looksLikeTime = word.indexOf(':') > 0 || (numbers.size() == 2 && word.indexOf('.') > 0);
    if (looksLikeTime && time.isEmpty()) {
      int zoneSign = Math.max(word.indexOf('+'), word.indexOf('-'));
      time = Optional.of(time(zoneSign > 0 ? word.substring(0, zoneSign) : word));
      if (zoneSign > 0) {
        zone = Optional.of(DateZones.numeric(word.substring(zoneSign)));
      }
    } else if (word.indexOf('-') > 0) {
      for (String part : word.split("-", -1)) {
        if (!part.isEmpty()) {
          take(part);
        }
      }
    } else if (numbers.size() < 2) {
      numbers.add(Integer.parseInt(digits(word)));
    }
  }

  private void takeName(String name) {
    if (name.equals("pm") || name.equals("am")) {
      afternoon = name.equals("pm");
      forenoon = !afternoon;
      return;
    }
    int monthAt = name.length() < 3 ? -1 : MONTHS.indexOf(name.substring(0, 3));
    if (month == 0 && monthAt >= 0 && monthAt % 3 == 0) {
      month = monthAt / 3 + 1;
    } else if (time.isPresent() && zone.isEmpty()) {
      zone = DateZones.named(name);
    }
  }

  private LocalTime halfDay(LocalTime told) {
    if (afternoon && told.getHour() < 12) {
      return told.plusHours(12);
    }
    return forenoon && told.getHour() == 12 ? told.minusHours(12) : told;
  }

  private static LocalTime time(String word) {
    String[] parts = word.split("[:.]", -1);
    if (parts.length < 2) {
      throw new DateTimeException("no minutes");
    }
    int seconds = parts.length > 2 ? Integer.parseInt(digits(parts[2])) : 0;
    return LocalTime.of(
        Integer.parseInt(parts[0]),
        Integer.parseInt(digits(parts[1])),
        seconds == 60 ? 59 : seconds);
  }

  private static int fullYear(int year) {
    if (year < 50) {
      return year + 2000;
    }
    if (year < 1000) {
      return year + 1900;
    }
    if (year > 9999) {
      throw new DateTimeException("year of five digits");
    }
    return year;
  }

  private Optional<OffsetDateTime> iso() {
    String first = words.get(0);
    boolean looksIso = first.length() >= 10 && first.charAt(4) == '-' && first.charAt(7) == '-';
    if (!looksIso || !isDigit(first.charAt(0)) || !isDigit(first.charAt(5))) {
      return Optional.empty();
    }
    LocalDate date = LocalDate.parse(first.substring(0, 10));
    String rest = first.length() > 11 ? first.substring(11) : words.size() > 1 ? words.get(1) : "";
    boolean utc = rest.endsWith("Z") || rest.endsWith("z");
    take(utc ? rest.substring(0, rest.length() - 1) : rest.isEmpty() ? "0:0" : rest);
    words.stream().skip(first.length() > 11 ? 1 : 2).forEach(this::take);
    LocalTime midnight = LocalTime.MIDNIGHT;
    return Optional.of(OffsetDateTime.of(date, time.orElse(midnight), zone.orElse(ZoneOffset.UTC)));
  }

  private static String digits(String word) {
    int end = 0;
    while (end < word.length() && isDigit(word.charAt(end))) {
      end++;
    }
    return word.substring(0, end);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static List<String> words(String value) {
    FieldScanner in = new FieldScanner(value);
    List<String> words = new ArrayList<>(8);
    while (!in.atEnd() && words.size() < MOST_WORDS) {
      int commentEnd = in.peek() == '(' ? in.commentEnd() : -1;
      if (commentEnd >= 0) {
        in.moveTo(commentEnd);
      } else if (separates(in.peek())) {
        in.skip();
      } else {
        int start = in.position();
        while (!in.atEnd() && !separates(in.peek())) {
          in.skip();
        }
        add(in.since(start), words);
      }
    }
    return words;
  }

  /** The obsolete syntax allows white space around the colons of a time. */
  private static void add(String word, List<String> words) {
    int last = words.size() - 1;
    boolean goesOn =
        last >= 0
            && isDigit(words.get(last).charAt(0))
            && (word.startsWith(":") || words.get(last).endsWith(":"));
    if (goesOn) {
      words.set(last, words.get(last) + word);
    } else {
      words.add(word);
    }
  }

  private static boolean separates(char c) {
    return c <= ' ' || c == ',' || c == '(' || c == ')' || c == ';' || c == '"';
  }
}
