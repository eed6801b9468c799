package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/**
 * The SQL behind the changes of a type: which rows took which sequence number.
 *
 * @param type the type
 * @param events selects (seq, id) after a number, given once for each mark, in order
 * @param current selects created_seq, the mark of the last change of all but counts, and the mark
 *     of the last change of counts
 * @param marks how often {@code events} takes the number
 */
record ChangeRows(ObjectType type, String events, String current, int marks) {

  /** The properties of a Mailbox that change without anybody changing it. */
  static final Set<String> COUNT_PROPERTIES =
      Set.of("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");

  /**
   * A row took a number.
   *
   * @param seq the number
   * @param id the object's public id
   */
  record Event(long seq, String id) {}

  /**
   * The lives of an object: at most one goes on.
   *
   * @param createdSeq when the present life began, 0 if there is none
   * @param otherSeq its last change of anything but counts
   * @param countsSeq its last change of counts, 0 for types without
   * @param past pairs of beginning and end
   */
  record Lives(long createdSeq, long otherSeq, long countsSeq, List<long[]> past) {

    boolean existedAt(long seq) {
      return (createdSeq > 0 && createdSeq <= seq)
          || past.stream().anyMatch(life -> life[0] <= seq && seq < life[1]);
    }

    /** Of an object that existed at both ends. */
    boolean changedBetween(long from, long to) {
      return isBetween(otherSeq, from, to)
          || isBetween(countsSeq, from, to)
          || wasAwayBetween(from, to);
    }

    boolean onlyCountsBetween(long from, long to) {
      return isBetween(countsSeq, from, to)
          && !isBetween(otherSeq, from, to)
          && !wasAwayBetween(from, to);
    }

    private boolean wasAwayBetween(long from, long to) {
      return past.stream().anyMatch(life -> isBetween(life[1], from, to));
    }

    private static boolean isBetween(long seq, long from, long to) {
      return seq > from && seq <= to;
    }
  }

  static ChangeRows of(ObjectType type) {
    return switch (type) {
      case MAILBOX ->
          of(
              type,
              "replica_folder",
              "mailbox_id",
              List.of("created_seq", "counts_seq", "other_seq"),
              "created_seq, other_seq, counts_seq");
      case THREAD ->
          of(
              type,
              "replica_thread",
              "id",
              List.of("created_seq", "changed_seq"),
              "created_seq, changed_seq, 0");
      case EMAIL ->
          of(
              type,
              "replica_email",
              "id",
              List.of("created_seq", "changed_seq"),
              "created_seq, changed_seq, 0");
    };
  }

  /** Every number that was taken after another one, in order; at most so many. */
  List<Event> events(Session session, long after, int limit) throws SQLException {
    Object[] arguments = new Object[marks + 1];
    java.util.Arrays.fill(arguments, 0, marks, after);
    arguments[marks] = limit;
    return session.list(events, row -> new Event(row.getLong(1), row.getString(2)), arguments);
  }

  Lives lives(Session session, String id) throws SQLException {
    List<long[]> past =
        session.list(
            "SELECT created_seq, destroyed_seq FROM replica_past WHERE type = ? AND id = ?",
            row -> new long[] {row.getLong(1), row.getLong(2)},
            type.code(),
            id);
    return session
        .first(current, row -> new Lives(row.getLong(1), row.getLong(2), row.getLong(3), past), id)
        .orElse(new Lives(0, 0, 0, past));
  }

  private static ChangeRows of(
      ObjectType type, String table, String id, List<String> marks, String columns) {
    List<String> selects = new ArrayList<>();
    for (String mark : marks) {
      String notTwice = mark.equals("created_seq") ? "" : " AND " + mark + " <> created_seq";
      selects.add(
          "SELECT "
              + mark
              + " AS seq, "
              + id
              + " AS id FROM "
              + table
              + " WHERE "
              + mark
              + " > ? AND created_seq IS NOT NULL"
              + notTwice);
    }
    for (String mark : List.of("created_seq", "destroyed_seq")) {
      selects.add(
          "SELECT "
              + mark
              + " AS seq, id FROM replica_past WHERE type = "
              + type.code()
              + " AND "
              + mark
              + " > ?");
    }
    return new ChangeRows(
        type,
        String.join(" UNION ALL ", selects) + " ORDER BY seq LIMIT ?",
        "SELECT "
            + columns
            + " FROM "
            + table
            + " WHERE "
            + id
            + " = ? AND created_seq IS NOT NULL",
        selects.size());
  }
}
