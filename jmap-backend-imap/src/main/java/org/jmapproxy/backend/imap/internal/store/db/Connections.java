package org.jmapproxy.backend.imap.internal.store.db;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.Function;
import org.sqlite.SQLiteConfig;

/**
 * Opens connections that are all set alike.
 *
 * @param functions SQL functions of our own, by name
 */
public record Connections(List<NamedFunction> functions) {

  private static final int WRITER_CACHE_KIB = 4096;
  private static final int READER_CACHE_KIB = 512;
  private static final long MAPPED = 128L << 20;

  /**
   * A function for SQL.
   *
   * @param name its name
   * @param arguments how many arguments it takes
   * @param maker makes one for a connection
   */
  public record NamedFunction(
      String name, int arguments, java.util.function.Supplier<Function> maker) {}

  /** Copies the list. */
  public Connections {
    functions = List.copyOf(functions);
  }

  /** A connection for writing. */
  public Session openWriter(Path file) throws SQLException {
    Session session = open(file, WRITER_CACHE_KIB, SQLiteConfig.TransactionMode.IMMEDIATE);
    session.script("PRAGMA wal_autocheckpoint=2000");
    session.script("PRAGMA journal_size_limit=16777216");
    return session;
  }

  /** A connection that cannot write. */
  public Session openReader(Path file) throws SQLException {
    Session session = open(file, READER_CACHE_KIB, SQLiteConfig.TransactionMode.DEFERRED);
    session.script("PRAGMA query_only=ON");
    return session;
  }

  private Session open(Path file, int cacheKib, SQLiteConfig.TransactionMode mode)
      throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setTransactionMode(mode);
    config.setBusyTimeout(10_000);
    // Otherwise the driver runs a SELECT of its own after every INSERT.
    config.setGetGeneratedKeys(false);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    Session session = new Session(connection);
    try {
      session.script("PRAGMA cache_size=-" + cacheKib);
      session.script("PRAGMA mmap_size=" + MAPPED);
      session.script("PRAGMA temp_store=MEMORY");
      for (NamedFunction function : functions) {
        Function.create(
            connection,
            function.name(),
            function.maker().get(),
            function.arguments(),
            Function.FLAG_DETERMINISTIC);
      }
      return session;
    } catch (SQLException | RuntimeException e) {
      session.close();
      throw e;
    }
  }
}
