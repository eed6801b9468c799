package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.time.Instant;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/** Forgets lives that ended long ago; changes since before then cannot be told any more. */
record Tombstones(Session session) {

  void forgetBefore(Instant oldest) throws SQLException {
    long floor =
        session
            .number(
                "SELECT max(destroyed_seq) FROM replica_past WHERE destroyed_at < ?",
                oldest.toEpochMilli())
            .orElse(0);
    if (floor > 0) {
      session.update("DELETE FROM replica_past WHERE destroyed_seq <= ?", floor);
      session.update("UPDATE replica_state SET floor_seq = max(floor_seq, ?)", floor);
    }
  }
}
