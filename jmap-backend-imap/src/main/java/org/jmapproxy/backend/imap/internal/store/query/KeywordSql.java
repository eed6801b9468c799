package org.jmapproxy.backend.imap.internal.store.query;

import org.jmapproxy.backend.imap.internal.store.mail.FlagSet;

/** Conditions on keywords. */
final class KeywordSql {

  private KeywordSql() {}

  /** Whether a row of replica_email has a keyword. */
  static Sql has(String alias, String keyword) {
    int bit = FlagSet.bitOf(keyword);
    return bit == 0
        ? Sql.of("instr(" + alias + ".keywords, ?) > 0", " " + keyword + " ")
        : Sql.of("(" + alias + ".flags & " + bit + ") <> 0");
  }

  /** Whether an Email of the Thread of row {@code e} has it. */
  static Sql someInThread(String keyword, Source source) {
    return ofThread(has("t", keyword), source);
  }

  /** Whether all Emails of the Thread of row {@code e} have it. */
  static Sql allInThread(String keyword, Source source) {
    return Sql.concat("NOT ", ofThread(Sql.concat("NOT (", has("t", keyword), ")"), source));
  }

  /**
   * Whether a visible Email {@code t} of the row's Thread fulfils a condition. Of many rows it is
   * found out once which Threads have one: to look at each row's Thread took five times as long.
   */
  private static Sql ofThread(Sql condition, Source source) {
    return source.isLong()
        ? Sql.concat(
            "(" + source.thread(),
            " IN (SELECT t.thread FROM replica_email t WHERE t.created_seq IS NOT NULL AND ",
            condition,
            "))")
        : Sql.concat(
            "EXISTS (SELECT 1 FROM replica_email t WHERE t.thread = " + source.thread(),
            " AND t.created_seq IS NOT NULL AND ",
            condition,
            ")");
  }
}
