package org.jmapproxy.backend.imap.internal.search;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.HeaderFilter;
import org.jmapproxy.mail.email.SearchText;

/**
 * Turns a filter into SEARCH criteria that find every message which the filter finds because of a
 * text: rather too many than too few. What a filter says of other things only narrows the search,
 * where it can; a filter without any text, or with texts only to be absent, has no criteria. Used
 * once.
 */
final class TextCriteria {
  private static final int MOST_TERMS = 64;
  private static final int LONGEST_TERM = 2000;
  private static final int MOST_GAPS = 10;
  private static final List<String> TEXT_FIELDS = List.of("From", "To", "Cc", "Bcc", "Subject");

  /** What SEARCH can be asked about; also the years that it can write. */
  private static final Instant FIRST_DAY = Instant.parse("1970-01-02T00:00:00Z");

  private static final Instant LAST_DAY = Instant.parse("9999-12-01T00:00:00Z");
  private static final long LARGEST = 0xFFFF_FFFFL;

  private int terms;

  private TextCriteria() {}

  /**
   * The criteria of a filter.
   *
   * @throws MethodException when there are too many texts in it
   */
  static Optional<SearchCriteria> of(Filter filter) {
    return new TextCriteria().turn(filter);
  }

  /** The criteria of words that are all in the body; empty if they cannot be in any. */
  static Optional<SearchCriteria> ofBody(SearchText text) {
    if (!text.asWritten().stream().allMatch(TextCriteria::canOccur)) {
      return Optional.empty();
    }
    SearchCriteria criteria = SearchCriteria.all();
    text.asWritten().forEach(term -> inBody(criteria, term));
    return Optional.of(criteria);
  }

  /** For a server a line that ends inside of a phrase is no space. A phrase has one or none. */
  private static void inBody(SearchCriteria criteria, String term) {
    SearchCriteria any = SearchCriteria.all().body(term);
    int gaps = 0;
    for (int i = term.indexOf(' '); i > 0 && gaps < MOST_GAPS; i = term.indexOf(' ', i + 1)) {
      String wrapped = term.substring(0, i) + '\n' + term.substring(i + 1);
      any = SearchCriteria.all().or(SearchCriteria.all().body(wrapped), any);
      gaps++;
    }
    if (gaps == 0) {
      criteria.body(term);
    } else {
      criteria.and(any);
    }
  }

  private Optional<SearchCriteria> turn(Filter filter) {
    if (filter instanceof Filter.And and) {
      return all(and.filters());
    } else if (filter instanceof Filter.Or or) {
      return or.filters().stream()
          .flatMap(operand -> turn(operand).stream())
          .reduce((one, other) -> SearchCriteria.all().or(one, other));
    } else if (filter instanceof Filter.Condition<?> condition) {
      return condition(condition);
    }
    return Optional.empty();
  }

  private Optional<SearchCriteria> all(List<Filter> filters) {
    Optional<SearchCriteria> texts =
        filters.stream().flatMap(operand -> turn(operand).stream()).reduce(SearchCriteria::and);
    texts.ifPresent(criteria -> filters.forEach(operand -> narrow(criteria, operand)));
    return texts;
  }

  private Optional<SearchCriteria> condition(Filter.Condition<?> condition) {
    return given(condition, EmailFilters.TEXT)
        .flatMap(this::anywhere)
        .or(() -> given(condition, EmailFilters.FROM).flatMap(text -> field("From", text)))
        .or(() -> given(condition, EmailFilters.TO).flatMap(text -> field("To", text)))
        .or(() -> given(condition, EmailFilters.CC).flatMap(text -> field("Cc", text)))
        .or(() -> given(condition, EmailFilters.BCC).flatMap(text -> field("Bcc", text)))
        .or(() -> given(condition, EmailFilters.SUBJECT).flatMap(text -> field("Subject", text)))
        .or(() -> given(condition, EmailFilters.BODY).flatMap(this::body))
        .or(() -> given(condition, EmailFilters.HEADER).flatMap(this::header));
  }

  private Optional<SearchCriteria> anywhere(String text) {
    return terms(text)
        .map(
            term -> {
              SearchCriteria anywhere = SearchCriteria.all().body(term);
              for (String field : TEXT_FIELDS) {
                anywhere =
                    SearchCriteria.all().or(SearchCriteria.all().header(field, term), anywhere);
              }
              return anywhere;
            })
        .reduce(SearchCriteria::and);
  }

  private Optional<SearchCriteria> body(String text) {
    return terms(text).map(term -> SearchCriteria.all().body(term)).reduce(SearchCriteria::and);
  }

  private Optional<SearchCriteria> field(String name, String text) {
    return terms(text)
        .map(term -> SearchCriteria.all().header(name, term))
        .reduce(SearchCriteria::and);
  }

  private Optional<SearchCriteria> header(HeaderFilter filter) {
    if (!filter.name().chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':')) {
      return Optional.empty();
    }
    return filter.value().isPresent()
        ? field(filter.name(), filter.value().get())
        : Optional.of(SearchCriteria.all().header(filter.name(), ""));
  }

  /** Words of a phrase each for itself: they may stand in different lines. */
  private Stream<String> terms(String text) {
    List<String> all =
        SearchText.parse(text).asWritten().stream()
            .flatMap(term -> Stream.of(term.split(" ")))
            .toList();
    terms += all.size();
    if (terms > MOST_TERMS) {
      throw new MethodException(
          MethodError.unsupportedFilter("more than " + MOST_TERMS + " words to look for"));
    }
    return all.stream().filter(term -> term.length() <= LONGEST_TERM && canOccur(term));
  }

  /** No text has a NUL or half a character, and IMAP cannot ask for them. */
  private static boolean canOccur(String term) {
    return term.indexOf(0) < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(term);
  }

  /** The server compares days, in a time zone of its choice. */
  private static void narrow(SearchCriteria criteria, Filter filter) {
    if (filter instanceof Filter.Condition<?> condition) {
      given(condition, EmailFilters.AFTER)
          .filter(TextCriteria::canBeAsked)
          .ifPresent(time -> criteria.since(day(time).minusDays(1)));
      given(condition, EmailFilters.BEFORE)
          .filter(TextCriteria::canBeAsked)
          .ifPresent(time -> criteria.before(day(time).plusDays(2)));
      given(condition, EmailFilters.MIN_SIZE)
          .filter(size -> size > 0 && size <= LARGEST)
          .ifPresent(size -> criteria.larger(size - 1));
      given(condition, EmailFilters.MAX_SIZE)
          .filter(size -> size <= LARGEST)
          .ifPresent(criteria::smaller);
    }
  }

  private static boolean canBeAsked(Instant time) {
    return time.isAfter(FIRST_DAY) && time.isBefore(LAST_DAY);
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private static <V> Optional<V> given(Filter.Condition<?> condition, FilterProperty<?, V> wanted) {
    if (!condition.property().name().equals(wanted.name())) {
      return Optional.empty();
    }
    @SuppressWarnings("unchecked") // the engine makes conditions of declared properties only
    V value = (V) condition.value();
    return Optional.of(value);
  }
}
