package org.jmapproxy.backend.imap.internal.store.query;

import java.util.OptionalLong;

/**
 * Where the rows of a query come from: along one folder, or all Emails. Rows {@code e} are those of
 * replica_email.
 *
 * @param folder the key of the folder that all results are in, if there is one
 */
record Source(OptionalLong folder) {

  /** The column of the time received; an index follows it. */
  String receivedAt() {
    return folder.isPresent() ? "m.received_at" : "e.received_at";
  }

  /** The column of the internal key. */
  String email() {
    return folder.isPresent() ? "m.email" : "e.email";
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
        ? Sql.of("m.folder = ?", folder.getAsLong())
        : Sql.of("e.created_seq IS NOT NULL");
  }
}
