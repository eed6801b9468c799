package org.jmapproxy.backend.imap.internal.store.query;

import org.jmapproxy.backend.imap.internal.store.mail.FlagSet;

/** Conditions on keywords. */
final class KeywordSql {

  private static final String OF_THREAD =
      "EXISTS (SELECT 1 FROM replica_email t WHERE t.thread = e.thread"
          + " AND t.created_seq IS NOT NULL AND ";

  private KeywordSql() {}

  /** Whether a row of replica_email has a keyword. */
  static Sql has(String alias, String keyword) {
    int bit = FlagSet.bitOf(keyword);
    return bit == 0
        ? Sql.of("instr(" + alias + ".keywords, ?) > 0", " " + keyword + " ")
        : Sql.of("(" + alias + ".flags & " + bit + ") <> 0");
  }

  /** Whether an Email of the Thread of row {@code e} has it. */
  static Sql someInThread(String keyword) {
    return Sql.concat(OF_THREAD, has("t", keyword), ")");
  }

  /** Whether all Emails of the Thread of row {@code e} have it. */
  static Sql allInThread(String keyword) {
    return Sql.concat("NOT ", OF_THREAD, "NOT (", has("t", keyword), "))");
  }
}
