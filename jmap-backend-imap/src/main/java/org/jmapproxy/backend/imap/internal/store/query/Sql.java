package org.jmapproxy.backend.imap.internal.store.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A piece of SQL and what is bound to its question marks. Immutable.
 *
 * @param text the SQL
 * @param arguments in the order of the question marks
 */
record Sql(String text, List<Object> arguments) {

  /** Holds for every row. */
  static final Sql TRUE = of("1");

  /** Holds for no row. */
  static final Sql FALSE = of("0");

  Sql {
    arguments = List.copyOf(arguments);
  }

  static Sql of(String text, Object... arguments) {
    return new Sql(text, List.of(arguments));
  }

  /** Puts pieces together. */
  static Sql concat(Object... pieces) {
    StringBuilder text = new StringBuilder();
    List<Object> arguments = new ArrayList<>();
    for (Object piece : pieces) {
      if (piece instanceof Sql sql) {
        text.append(sql.text());
        arguments.addAll(sql.arguments());
      } else {
        text.append(piece);
      }
    }
    return new Sql(text.toString(), arguments);
  }

  /** Puts pieces together with something between them, in parentheses. */
  static Sql joined(String between, Collection<Sql> pieces) {
    List<Object> all = new ArrayList<>();
    all.add("(");
    for (Sql piece : pieces) {
      if (all.size() > 1) {
        all.add(between);
      }
      all.add(piece);
    }
    all.add(")");
    return concat(all.toArray());
  }

  /** The arguments for binding. */
  Object[] toArguments() {
    return arguments.toArray();
  }
}
