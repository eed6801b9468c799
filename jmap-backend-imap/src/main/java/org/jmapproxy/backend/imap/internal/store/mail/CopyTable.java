package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/** The table of messages in folders. */
record CopyTable(Session session) {

  private static final String COLUMNS = "folder, uid, flags, keywords, modseq, labels";

  List<CopyRow> ofEmail(long email) throws SQLException {
    return session.list(
        "SELECT " + COLUMNS + " FROM replica_copy WHERE email = ?", CopyTable::row, email);
  }

  OptionalLong emailAt(long folder, long uid) throws SQLException {
    return session.number(
        "SELECT email FROM replica_copy WHERE folder = ? AND uid = ?", folder, uid);
  }

  void insert(CopyRow copy, long email) throws SQLException {
    session.update(
        "INSERT INTO replica_copy (folder, uid, email, flags, keywords, modseq,"
            + " labels) VALUES (?, ?, ?, ?, ?, ?, ?)",
        copy.folder(),
        copy.uid(),
        email,
        copy.flags().bits(),
        copy.flags().keywords(),
        copy.modSeq(),
        copy.labels());
  }

  void update(CopyRow copy) throws SQLException {
    session.update(
        "UPDATE replica_copy SET flags = ?, keywords = ?, modseq = ?, labels = ?"
            + " WHERE folder = ? AND uid = ?",
        copy.flags().bits(),
        copy.flags().keywords(),
        copy.modSeq(),
        copy.labels(),
        copy.folder(),
        copy.uid());
  }

  void delete(CopyRow copy) throws SQLException {
    session.update(
        "DELETE FROM replica_copy WHERE folder = ? AND uid = ?", copy.folder(), copy.uid());
  }

  /** Makes all UIDs of a folder meaningless: below zero, in the old order from zero downwards. */
  void loseAll(long folder) throws SQLException {
    long base =
        session
            .number("SELECT min(uid) FROM replica_copy WHERE folder = ? AND uid < 0", folder)
            .orElse(0);
    session.update(
        "UPDATE replica_copy SET uid = ? - uid, modseq = 0 WHERE folder = ? AND uid > 0",
        base,
        folder);
  }

  void forgetModSeqs(long folder) throws SQLException {
    session.update("UPDATE replica_copy SET modseq = 0 WHERE folder = ? AND modseq > 0", folder);
  }

  /** The Emails of a folder from a UID on, in the order of UIDs. */
  List<long[]> emailsFrom(long folder, long first, long last, int limit) throws SQLException {
    return session.list(
        "SELECT uid, email FROM replica_copy WHERE folder = ? AND uid BETWEEN ? AND ?"
            + " ORDER BY uid LIMIT ?",
        row -> new long[] {row.getLong(1), row.getLong(2)},
        folder,
        first,
        last,
        limit);
  }

  private static CopyRow row(ResultSet row) throws SQLException {
    return new CopyRow(
        row.getLong(1),
        row.getLong(2),
        new FlagSet(row.getInt(3), row.getString(4)),
        row.getLong(5),
        row.getString(6));
  }

  /** The Emails with a label. */
  List<Long> emailsWithLabel(String label) throws SQLException {
    return session.list(
        "SELECT email FROM replica_copy WHERE labels <> '' AND instr(labels, ?) > 0",
        row -> row.getLong(1),
        Labels.joined(List.of(label)));
  }

  /** Gives a label of all messages another name; an empty one removes it. */
  void renameLabel(String from, String to) throws SQLException {
    String labels = Labels.joined(List.of(from));
    session.update(
        "UPDATE replica_copy SET labels = replace(labels, ?, ?)"
            + " WHERE labels <> '' AND instr(labels, ?) > 0",
        labels,
        to.isEmpty() ? "\t" : Labels.joined(List.of(to)),
        labels);
  }
}
