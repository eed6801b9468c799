package org.jmapproxy.backend.imap.internal.store.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.FilterProperty;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.HeaderFilter;
import org.jmapproxy.mail.email.SearchText;

/**
 * Turns filters into conditions on rows {@code e} of replica_email.
 *
 * @param folders folders by the id of their Mailbox
 * @param source where rows come from
 * @param bodies the Emails that have a text in their body; without an answer bodies do not count
 */
record FilterSql(Map<Id, Source.Folder> folders, Source source, Map<SearchText, Set<Id>> bodies) {

  /** The filter properties that can be turned, beside {@code body}. */
  static final Set<String> SUPPORTED =
      Set.of(
          EmailFilters.IN_MAILBOX.name(),
          EmailFilters.IN_MAILBOX_OTHER_THAN.name(),
          EmailFilters.BEFORE.name(),
          EmailFilters.AFTER.name(),
          EmailFilters.MIN_SIZE.name(),
          EmailFilters.MAX_SIZE.name(),
          EmailFilters.ALL_IN_THREAD_HAVE_KEYWORD.name(),
          EmailFilters.SOME_IN_THREAD_HAVE_KEYWORD.name(),
          EmailFilters.NONE_IN_THREAD_HAVE_KEYWORD.name(),
          EmailFilters.HAS_KEYWORD.name(),
          EmailFilters.NOT_KEYWORD.name(),
          EmailFilters.HAS_ATTACHMENT.name(),
          EmailFilters.TEXT.name(),
          EmailFilters.FROM.name(),
          EmailFilters.TO.name(),
          EmailFilters.CC.name(),
          EmailFilters.BCC.name(),
          EmailFilters.SUBJECT.name(),
          EmailFilters.HEADER.name());

  private static final String IN_FOLDER =
      "EXISTS (SELECT 1 FROM replica_member x WHERE x.email = e.email AND x.folder ";

  private static final List<String> ALL_TEXTS =
      List.of("from_text", "to_text", "cc_text", "bcc_text", "subject_text");

  /** The condition that a filter stands for. */
  Sql of(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.filters().isEmpty() ? Sql.TRUE : Sql.joined(" AND ", all(and.filters()));
    } else if (filter instanceof Filter.Or or) {
      return or.filters().isEmpty() ? Sql.FALSE : Sql.joined(" OR ", all(or.filters()));
    } else if (filter instanceof Filter.Not not) {
      return not.filters().isEmpty()
          ? Sql.TRUE
          : Sql.concat("NOT ", Sql.joined(" OR ", all(not.filters())));
    }
    return condition((Filter.Condition<?>) filter);
  }

  private List<Sql> all(List<Filter> filters) {
    return filters.stream().map(this::of).toList();
  }

  private Sql condition(Filter.Condition<?> condition) {
    return given(condition, EmailFilters.IN_MAILBOX, this::inMailbox)
        .or(() -> given(condition, EmailFilters.IN_MAILBOX_OTHER_THAN, this::inOtherThan))
        .or(() -> given(condition, EmailFilters.BEFORE, t -> received("<", t)))
        .or(() -> given(condition, EmailFilters.AFTER, t -> received(">=", t)))
        .or(() -> given(condition, EmailFilters.MIN_SIZE, n -> Sql.of("e.size >= ?", n)))
        .or(() -> given(condition, EmailFilters.MAX_SIZE, n -> Sql.of("e.size < ?", n)))
        .or(() -> given(condition, EmailFilters.HAS_ATTACHMENT, FilterSql::hasAttachment))
        .or(() -> keyword(condition))
        .or(() -> text(condition))
        .orElseThrow(
            () -> new IllegalArgumentException("no SQL for filter " + condition.property()));
  }

  private Optional<Sql> keyword(Filter.Condition<?> condition) {
    return given(condition, EmailFilters.HAS_KEYWORD, k -> KeywordSql.has("e", k))
        .or(() -> given(condition, EmailFilters.NOT_KEYWORD, k -> not(KeywordSql.has("e", k))))
        .or(
            () ->
                given(
                    condition,
                    EmailFilters.ALL_IN_THREAD_HAVE_KEYWORD,
                    k -> KeywordSql.allInThread(k, source)))
        .or(
            () ->
                given(
                    condition,
                    EmailFilters.SOME_IN_THREAD_HAVE_KEYWORD,
                    k -> KeywordSql.someInThread(k, source)))
        .or(
            () ->
                given(
                    condition,
                    EmailFilters.NONE_IN_THREAD_HAVE_KEYWORD,
                    k -> not(KeywordSql.someInThread(k, source))));
  }

  private Optional<Sql> text(Filter.Condition<?> condition) {
    return given(condition, EmailFilters.TEXT, this::anywhere)
        .or(() -> given(condition, EmailFilters.BODY, this::body))
        .or(() -> given(condition, EmailFilters.FROM, t -> holds(t, List.of("from_text"))))
        .or(() -> given(condition, EmailFilters.TO, t -> holds(t, List.of("to_text"))))
        .or(() -> given(condition, EmailFilters.CC, t -> holds(t, List.of("cc_text"))))
        .or(() -> given(condition, EmailFilters.BCC, t -> holds(t, List.of("bcc_text"))))
        .or(() -> given(condition, EmailFilters.SUBJECT, t -> holds(t, List.of("subject_text"))))
        .or(() -> given(condition, EmailFilters.HEADER, FilterSql::header));
  }

  private Sql inMailbox(Id mailboxId) {
    Source.Folder folder = folders.get(mailboxId);
    return folder == null ? Sql.FALSE : Sql.of(IN_FOLDER + "= ?)", folder.key());
  }

  private Sql inOtherThan(Collection<Id> mailboxIds) {
    List<String> keys = new ArrayList<>();
    for (Id id : mailboxIds) {
      Source.Folder folder = folders.get(id);
      if (folder != null) {
        keys.add(Long.toString(folder.key()));
      }
    }
    return Sql.of(IN_FOLDER + "NOT IN (" + String.join(",", keys) + "))");
  }

  /** Rows have milliseconds; a moment between two counts as the later one. */
  private Sql received(String operator, Instant moment) {
    return Sql.of(source.receivedAt() + " " + operator + " ?", millisRoundedUp(moment));
  }

  static long millisRoundedUp(Instant moment) {
    try {
      long millis = moment.toEpochMilli();
      return Instant.ofEpochMilli(millis).equals(moment) ? millis : millis + 1;
    } catch (ArithmeticException e) {
      return moment.isBefore(Instant.EPOCH) ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static Sql hasAttachment(boolean wanted) {
    return Sql.of("e.has_attachment = " + (wanted ? 1 : 0));
  }

  /** Every term must be in one of the columns or in the body. */
  private Sql anywhere(String text) {
    List<Sql> terms = new ArrayList<>();
    for (SearchText term : BodyTexts.singleTerms(text)) {
      Sql header = holds(term, ALL_TEXTS);
      Set<Id> ids = bodies.get(term);
      terms.add(ids == null ? header : Sql.joined(" OR ", List.of(header, isAmong(ids))));
    }
    return terms.isEmpty() ? Sql.TRUE : Sql.joined(" AND ", terms);
  }

  private Sql body(String text) {
    SearchText wanted = SearchText.parse(text);
    return wanted.terms().isEmpty() ? Sql.TRUE : isAmong(bodies.getOrDefault(wanted, Set.of()));
  }

  private static Sql isAmong(Set<Id> ids) {
    String json =
        ids.stream().map(id -> '"' + id.value() + '"').collect(Collectors.joining(",", "[", "]"));
    return Sql.of("e.id IN (SELECT value FROM json_each(?))", json);
  }

  private static Sql holds(String text, List<String> columns) {
    return holds(SearchText.parse(text), columns);
  }

  /** Every term must be in one of the columns. */
  private static Sql holds(SearchText text, List<String> columns) {
    List<Sql> terms = new ArrayList<>();
    for (String term : text.terms()) {
      terms.add(
          Sql.joined(
              " OR ",
              columns.stream().map(column -> Sql.of("instr(s." + column + ", ?)", term)).toList()));
    }
    return terms.isEmpty()
        ? Sql.TRUE
        : Sql.concat(
            "EXISTS (SELECT 1 FROM replica_search s WHERE s.email = e.email AND ",
            Sql.joined(" AND ", terms),
            ")");
  }

  private static Sql header(HeaderFilter filter) {
    String start =
        "EXISTS (SELECT 1 FROM replica_header h WHERE h.email = e.email AND "
            + HeaderMatch.NAME
            + "(h.header, ?, ";
    return filter.value().isPresent()
        ? Sql.of(start + "?))", filter.name(), filter.value().get())
        : Sql.of(start + "NULL))", filter.name());
  }

  private static Sql not(Sql condition) {
    return Sql.concat("NOT (", condition, ")");
  }

  /** What becomes of a condition's value if the condition is on that property. */
  static <V, R> Optional<R> given(
      Filter.Condition<?> condition, FilterProperty<?, V> property, Function<V, R> turn) {
    if (!condition.property().name().equals(property.name())) {
      return Optional.empty();
    }
    @SuppressWarnings("unchecked") // the engine makes conditions of declared properties only
    V value = (V) condition.value();
    return Optional.of(turn.apply(value));
  }
}
