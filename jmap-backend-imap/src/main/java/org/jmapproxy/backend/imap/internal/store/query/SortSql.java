package org.jmapproxy.backend.imap.internal.store.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.mail.email.EmailSorts;

/**
 * An order of Emails as SQL expressions; always total, by the internal key in the end.
 *
 * @param keys the most important first
 */
record SortSql(List<Key> keys) {

  /** The sort properties that can be turned into SQL. */
  static final Set<String> SUPPORTED =
      Set.of(
          EmailSorts.RECEIVED_AT.name(),
          EmailSorts.SIZE.name(),
          EmailSorts.FROM.name(),
          EmailSorts.TO.name(),
          EmailSorts.SUBJECT.name(),
          EmailSorts.SENT_AT.name(),
          EmailSorts.HAS_KEYWORD.name(),
          EmailSorts.ALL_IN_THREAD_HAVE_KEYWORD.name(),
          EmailSorts.SOME_IN_THREAD_HAVE_KEYWORD.name());

  /**
   * One thing to sort by.
   *
   * @param expression its value, never NULL
   * @param isAscending the direction
   */
  record Key(Sql expression, boolean isAscending) {

    Sql orderBy() {
      return Sql.concat(expression, isAscending ? " ASC" : " DESC");
    }
  }

  /**
   * Turns comparators; what they leave equal comes newest first.
   *
   * @param source where rows come from; it knows the columns to order by
   */
  static SortSql of(List<SortBy> comparators, Source source) {
    List<Key> keys = new ArrayList<>();
    boolean hasTime = false;
    for (SortBy by : comparators) {
      keys.add(new Key(expression(by, source), by.isAscending()));
      hasTime |= by.property().name().equals(EmailSorts.RECEIVED_AT.name());
    }
    if (!hasTime) {
      keys.add(new Key(Sql.of(source.receivedAt()), false));
    }
    keys.add(new Key(Sql.of(source.email()), keys.get(keys.size() - 1).isAscending()));
    return new SortSql(keys);
  }

  /** What stands behind ORDER BY. */
  Sql orderBy() {
    List<Object> pieces = new ArrayList<>();
    for (Key key : keys) {
      if (!pieces.isEmpty()) {
        pieces.add(", ");
      }
      pieces.add(key.orderBy());
    }
    return Sql.concat(pieces.toArray());
  }

  /** The values that a row is ordered by. */
  Sql columns() {
    List<Object> pieces = new ArrayList<>();
    for (Key key : keys) {
      if (!pieces.isEmpty()) {
        pieces.add(", ");
      }
      pieces.add(key.expression());
    }
    return Sql.concat(pieces.toArray());
  }

  /** Whether a row comes before the one with the values. */
  Sql isBefore(List<Object> values) {
    boolean oneDirection =
        keys.stream().allMatch(key -> key.isAscending() == keys.get(0).isAscending());
    return oneDirection ? rowIsBefore(values) : stepwiseBefore(values);
  }

  /** Row values let an index be used. */
  private Sql rowIsBefore(List<Object> values) {
    return Sql.concat(
        "(",
        columns(),
        ") ",
        keys.get(0).isAscending() ? "<" : ">",
        " (",
        new Sql("?" + ", ?".repeat(values.size() - 1), values),
        ")");
  }

  private Sql stepwiseBefore(List<Object> values) {
    Sql before = Sql.FALSE;
    for (int i = keys.size() - 1; i >= 0; i--) {
      Key key = keys.get(i);
      before =
          Sql.concat(
              "(",
              key.expression(),
              key.isAscending() ? " < " : " > ",
              Sql.of("?", values.get(i)),
              " OR (",
              key.expression(),
              Sql.of(" = ?", values.get(i)),
              " AND ",
              before,
              "))");
    }
    return before;
  }

  private static Sql expression(SortBy by, Source source) {
    String name = by.property().name();
    String keyword = by.extras().get(EmailSorts.KEYWORD);
    if (name.equals(EmailSorts.RECEIVED_AT.name())) {
      return Sql.of(source.receivedAt());
    } else if (name.equals(EmailSorts.SIZE.name())) {
      return Sql.of("e.size");
    } else if (name.equals(EmailSorts.FROM.name())) {
      return Sql.of("e.from_key");
    } else if (name.equals(EmailSorts.TO.name())) {
      return Sql.of("e.to_key");
    } else if (name.equals(EmailSorts.SUBJECT.name())) {
      return Sql.of("e.subject_key");
    } else if (name.equals(EmailSorts.SENT_AT.name())) {
      return Sql.of("coalesce(e.sent_at, -9223372036854775808)");
    } else if (name.equals(EmailSorts.HAS_KEYWORD.name())) {
      return Sql.concat("(", KeywordSql.has("e", keyword), ")");
    } else if (name.equals(EmailSorts.ALL_IN_THREAD_HAVE_KEYWORD.name())) {
      return Sql.concat("(", KeywordSql.allInThread(keyword, source), ")");
    } else if (name.equals(EmailSorts.SOME_IN_THREAD_HAVE_KEYWORD.name())) {
      return Sql.concat("(", KeywordSql.someInThread(keyword, source), ")");
    }
    throw new IllegalArgumentException("no SQL for sort " + name);
  }
}
