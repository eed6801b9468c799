package org.jmapproxy.backend.imap.internal.store.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.SearchText;

/**
 * What must be looked for in bodies before a query can be answered.
 *
 * @param texts each once; none: the replica knows everything
 * @param mailboxId the Mailbox that all results are in, if the filter says so
 */
record BodyTexts(Set<SearchText> texts, Optional<Id> mailboxId) {

  static BodyTexts of(Query query) {
    Set<SearchText> texts = new LinkedHashSet<>();
    query.filter().ifPresent(filter -> collect(filter, texts));
    return new BodyTexts(texts, query.filter().flatMap(BodyTexts::mailboxId));
  }

  /** The Mailbox that everything is in that a filter lets through, if the filter says so. */
  static Optional<Id> mailboxId(Filter filter) {
    return mailboxes(filter).findFirst();
  }

  /** A term may be in the body while the next one is in the subject: each is asked for itself. */
  static List<SearchText> singleTerms(String text) {
    return SearchText.parse(text).single();
  }

  private static void collect(Filter filter, Set<SearchText> texts) {
    if (filter instanceof Filter.And and) {
      and.filters().forEach(operand -> collect(operand, texts));
    } else if (filter instanceof Filter.Or or) {
      or.filters().forEach(operand -> collect(operand, texts));
    } else if (filter instanceof Filter.Not not) {
      not.filters().forEach(operand -> collect(operand, texts));
    } else if (filter instanceof Filter.Condition<?> condition) {
      FilterSql.given(condition, EmailFilters.TEXT, BodyTexts::singleTerms)
          .ifPresent(texts::addAll);
      FilterSql.given(condition, EmailFilters.BODY, SearchText::parse)
          .filter(text -> !text.terms().isEmpty())
          .ifPresent(texts::add);
    }
  }

  private static Stream<Id> mailboxes(Filter filter) {
    if (filter instanceof Filter.And and) {
      return and.filters().stream().flatMap(BodyTexts::mailboxes);
    }
    return filter instanceof Filter.Condition<?> condition
        ? FilterSql.given(condition, EmailFilters.IN_MAILBOX, id -> id).stream()
        : Stream.empty();
  }
}
