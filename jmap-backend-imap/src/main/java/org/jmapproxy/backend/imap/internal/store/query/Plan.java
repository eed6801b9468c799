package org.jmapproxy.backend.imap.internal.store.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.SearchText;

/**
 * How a query is answered: along a folder if its filter asks for one, with the rest as conditions.
 *
 * @param source where rows come from
 * @param rest what they must fulfil beside that; absent: nothing
 * @param sort their order
 * @param collapses whether only the first Email of each Thread counts
 */
record Plan(Source source, Optional<Sql> rest, SortSql sort, boolean collapses) {

  /**
   * Plans a query.
   *
   * @param folders folders by the id of their Mailbox
   * @param bodies the Emails that have a text in their body
   */
  static Plan of(Query query, Map<Id, Source.Folder> folders, Map<SearchText, Set<Id>> bodies) {
    List<Filter> conditions = new ArrayList<>();
    query.filter().ifPresent(filter -> flatten(filter, conditions));
    Optional<Source.Folder> folder = Optional.empty();
    for (Filter filter : List.copyOf(conditions)) {
      Optional<Source.Folder> named = folder(filter, folders);
      if (folder.isEmpty() && named.isPresent()) {
        folder = named;
        conditions.remove(filter);
      }
    }
    Source source = new Source(folder);
    Optional<Sql> rest =
        conditions.isEmpty()
            ? Optional.empty()
            : Optional.of(new FilterSql(folders, source, bodies).of(new Filter.And(conditions)));
    return new Plan(
        source,
        rest,
        SortSql.of(query.sort(), source),
        query.arguments().get(EmailType.COLLAPSE_THREADS));
  }

  /** All conditions together. */
  Sql where() {
    return rest.isPresent()
        ? Sql.concat(source.condition(), " AND ", rest.get())
        : source.condition();
  }

  /** Internal key, id and Thread of the results in order. */
  Sql walk() {
    return Sql.concat(
        "SELECT e.id, e.thread FROM ",
        source.toWalk(),
        " WHERE ",
        where(),
        " ORDER BY ",
        sort.orderBy());
  }

  /** How many results there are. */
  Sql count() {
    return Sql.concat("SELECT ", counted(), " FROM ", source.toWalk(), " WHERE ", where());
  }

  /** How many results come before a row with these values. */
  Sql countBefore(List<Object> values) {
    return Sql.concat(count(), " AND ", sort.isBefore(values));
  }

  /** The Thread of an Email and the values that it is ordered by, if it fulfils the conditions. */
  Sql lookUp(Id id) {
    return Sql.concat(
        "SELECT e.thread, ",
        sort.columns(),
        " FROM ",
        source.toLookUp(),
        " WHERE ",
        Sql.of("e.id = ?", id.value()),
        " AND ",
        where());
  }

  /** Whether another Email of a Thread comes before a row with these values. */
  Sql threadIsBefore(long thread, List<Object> values) {
    return Sql.concat(
        "SELECT 1 FROM ",
        source.toLookUp(),
        " WHERE ",
        Sql.of("e.thread = ?", thread),
        " AND ",
        where(),
        " AND ",
        sort.isBefore(values),
        " LIMIT 1");
  }

  private String counted() {
    return collapses ? "count(DISTINCT e.thread)" : "count(*)";
  }

  private static void flatten(Filter filter, List<Filter> conditions) {
    if (filter instanceof Filter.And and) {
      and.filters().forEach(operand -> flatten(operand, conditions));
    } else {
      conditions.add(filter);
    }
  }

  private static Optional<Source.Folder> folder(Filter filter, Map<Id, Source.Folder> folders) {
    return filter instanceof Filter.Condition<?> condition
            && condition.property().name().equals(EmailFilters.IN_MAILBOX.name())
        ? Optional.ofNullable(folders.get(condition.value()))
        : Optional.empty();
  }
}
