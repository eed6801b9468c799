package org.jmapproxy.backend.imap.internal.store.query;

import java.util.Optional;

/**
 * Where the rows of a query come from: along one folder, or all Emails. Rows {@code e} are those of
 * replica_email.
 *
 * @param folder the folder that all results are in, if there is one
 */
record Source(Optional<Folder> folder) {

  /** From so many Emails on it costs more to look at each one's Thread than at all Emails once. */
  private static final long LONG = 2000;

  /**
   * A folder.
   *
   * @param key its internal key
   * @param emails how many Emails clients see in it
   */
  record Folder(long key, long emails) {}

  /** Whether there may be many rows. */
  boolean isLong() {
    return folder.isEmpty() || folder.get().emails() > LONG;
  }

  /** The column of the time received; an index follows it. */
  String receivedAt() {
    return folder.isPresent() ? "m.received_at" : "e.received_at";
  }

  /** The column of the internal key. */
  String email() {
    return folder.isPresent() ? "m.email" : "e.email";
  }

  /** The column of the Thread; along a folder it is known before the Email is looked at. */
  String thread() {
    return folder.isPresent() ? "m.thread" : "e.thread";
  }

  /** What stands behind FROM for walking along the order. */
  String toWalk() {
    return folder.isPresent()
        ? "replica_member m CROSS JOIN replica_email e ON e.email = m.email"
        : "replica_email e";
  }

  /** What stands behind FROM for looking at one Email. */
  String toLookUp() {
    return folder.isPresent()
        ? "replica_email e CROSS JOIN replica_member m ON m.email = e.email"
        : "replica_email e";
  }

  /** Which rows there are. */
  Sql condition() {
    return folder.isPresent()
        ? Sql.of("m.folder = ?", folder.get().key())
        : Sql.of("e.created_seq IS NOT NULL");
  }
}
