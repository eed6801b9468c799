package org.jmapproxy.mail.snippet;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.SearchText;

/**
 * What a filter looks for in subjects and bodies; what it excludes is not among it.
 *
 * @param subject words and phrases to mark in subjects
 * @param body words and phrases to mark in bodies
 */
record SnippetTerms(Set<String> subject, Set<String> body) {

  /** Of more terms the first are marked. */
  private static final int MOST = 100;

  private static final SnippetTerms NONE = new SnippetTerms(Set.of(), Set.of());

  /** No terms. */
  static SnippetTerms none() {
    return NONE;
  }

  /** The terms of a filter. */
  static SnippetTerms of(Filter filter) {
    SnippetTerms terms = new SnippetTerms(new LinkedHashSet<>(), new LinkedHashSet<>());
    terms.collect(filter);
    return terms;
  }

  private void collect(Filter filter) {
    if (filter instanceof Filter.And and) {
      and.filters().forEach(this::collect);
    } else if (filter instanceof Filter.Or or) {
      or.filters().forEach(this::collect);
    } else if (filter instanceof Filter.Condition<?> condition
        && condition.value() instanceof String text) {
      boolean anywhere = condition.property().equals(EmailFilters.TEXT);
      if (anywhere || condition.property().equals(EmailFilters.SUBJECT)) {
        add(text, subject);
      }
      if (anywhere || condition.property().equals(EmailFilters.BODY)) {
        add(text, body);
      }
    }
  }

  private static void add(String text, Set<String> terms) {
    SearchText.parse(text).terms().stream().limit(MOST - terms.size()).forEach(terms::add);
  }
}
