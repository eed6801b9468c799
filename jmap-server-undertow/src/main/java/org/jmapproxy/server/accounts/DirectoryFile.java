package org.jmapproxy.server.accounts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jmapproxy.server.config.StartupException;

/**
 * Opens {@code accounts.sqlite3}, brings an older file up to date and refuses a foreign or newer
 * one.
 */
final class DirectoryFile {

  /** Marks the file as ours: "JMAP" in ASCII. */
  private static final int APPLICATION_ID = 0x4A4D4150;

  /** Step n brings a file from version n to n + 1. */
  private static final List<String> MIGRATIONS =
      List.of(
          """
          CREATE TABLE account (
            accountid TEXT PRIMARY KEY,
            email TEXT NOT NULL,
            emailkey TEXT NOT NULL UNIQUE,
            type TEXT NOT NULL,
            poolid TEXT NOT NULL,
            username TEXT NOT NULL,
            secret TEXT NOT NULL,
            imaphost TEXT, imapport INTEGER, imapssl INTEGER,
            smtphost TEXT, smtpport INTEGER, smtpssl INTEGER,
            caldavurl TEXT,
            carddavurl TEXT,
            folders INTEGER NOT NULL DEFAULT 0,
            messages INTEGER NOT NULL DEFAULT 0,
            expected INTEGER NOT NULL DEFAULT 0,
            phase TEXT NOT NULL DEFAULT 'NEW',
            lastsync INTEGER,
            lasterror TEXT
          ) STRICT;
          CREATE INDEX account_pool ON account(poolid);
          """,
          "ALTER TABLE account ADD COLUMN readonly INTEGER NOT NULL DEFAULT 0;",
          "ALTER TABLE account ADD COLUMN identities TEXT NOT NULL DEFAULT '[]';",
          """
          ALTER TABLE account ADD COLUMN sievehost TEXT;
          ALTER TABLE account ADD COLUMN sieveport INTEGER;
          ALTER TABLE account ADD COLUMN sievessl INTEGER;
          """,
          "ALTER TABLE account ADD COLUMN upstream TEXT;");

  private DirectoryFile() {}

  static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try {
      run(
          connection,
          "PRAGMA busy_timeout = 5000",
          "PRAGMA journal_mode = WAL",
          "PRAGMA synchronous = FULL");
      migrate(connection, file);
      return connection;
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void migrate(Connection connection, Path file) throws SQLException {
    int version = number(connection, "PRAGMA user_version");
    int applicationId = number(connection, "PRAGMA application_id");
    if (version != 0 && applicationId != APPLICATION_ID) {
      throw StartupException.unavailable(
          file
              + " was not written by JMAP Proxy; move it away or set JMAP_DATADIR to another directory.");
    }
    if (version > MIGRATIONS.size()) {
      throw StartupException.unavailable(
          file
              + " was written by a newer version (format "
              + version
              + ", known "
              + MIGRATIONS.size()
              + "); start that version, or set JMAP_DATADIR to another directory.");
    }
    if (version > 0 && version < MIGRATIONS.size()) {
      keepCopy(connection, file, version);
    }
    for (int step = version; step < MIGRATIONS.size(); step++) {
      run(
          connection,
          "BEGIN IMMEDIATE;"
              + MIGRATIONS.get(step)
              + "PRAGMA application_id = "
              + APPLICATION_ID
              + "; PRAGMA user_version = "
              + (step + 1)
              + "; COMMIT");
    }
  }

  private static void keepCopy(Connection connection, Path file, int version) throws SQLException {
    Path copy = file.resolveSibling(file.getFileName() + ".v" + version);
    if (!Files.exists(copy)) {
      run(connection, "VACUUM INTO '" + copy.toString().replace("'", "''") + "'");
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static void run(Connection connection, String... sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String one : sql) {
        statement.executeUpdate(one);
      }
    }
  }
}
