package org.jmapproxy.backend.imap.internal.store.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves what exists nowhere else out of a damaged file, row by row as far as it can be read. */
final class Salvage {

  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

  private Salvage() {}

  static void copyOwnTables(Session session, Path damaged) {
    try {
      session.update("ATTACH DATABASE ? AS damaged", damaged.toString());
    } catch (SQLException e) {
      LOG.error("nothing could be saved from {}: {}", damaged.getFileName(), e.getMessage());
      return;
    }
    try {
      List<String> tables =
          session.list(
              "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'own\\_%'"
                  + " ESCAPE '\\'",
              row -> row.getString(1));
      for (String table : tables) {
        copy(session, table, damaged);
      }
      session.update("DETACH DATABASE damaged");
    } catch (SQLException e) {
      LOG.error("not all could be saved from {}: {}", damaged.getFileName(), e.getMessage());
    }
  }

  private static void copy(Session session, String table, Path damaged) {
    try {
      int rows =
          session.update("INSERT OR IGNORE INTO " + table + " SELECT * FROM damaged." + table);
      LOG.info("saved {} rows of {} from {}", rows, table, damaged.getFileName());
    } catch (SQLException e) {
      LOG.error("{} could not be saved from {}: {}", table, damaged.getFileName(), e.getMessage());
    }
  }
}
