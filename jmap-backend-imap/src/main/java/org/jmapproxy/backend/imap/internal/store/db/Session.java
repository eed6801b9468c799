package org.jmapproxy.backend.imap.internal.store.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One connection with its prepared statements. Used by one thread at a time. A statement must not
 * be run again while its rows are being read.
 */
public final class Session implements AutoCloseable {

  private static final int MOST_STATEMENTS = 96;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PreparedStatement> eldest) {
          if (size() <= MOST_STATEMENTS) {
            return false;
          }
          closeQuietly(eldest.getValue());
          return true;
        }
      };

  Session(Connection connection) {
    this.connection = connection;
  }

  /**
   * Makes something of a row.
   *
   * @param <T> what
   */
  @FunctionalInterface
  public interface RowReader<T> {

    /** Reads the current row; must not move to another one. */
    T read(ResultSet row) throws SQLException;
  }

  /** Takes rows until it has enough. */
  @FunctionalInterface
  public interface RowWalker {

    /** Takes the current row; false ends the walk. */
    boolean take(ResultSet row) throws SQLException;
  }

  /** Runs a statement and tells how many rows it changed. */
  public int update(String sql, @Nullable Object... arguments) throws SQLException {
    return bound(sql, arguments).executeUpdate();
  }

  /** All rows. */
  public <T> List<T> list(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    List<T> found = new ArrayList<>();
    walk(sql, row -> found.add(reader.read(row)), arguments);
    return found;
  }

  /** The first row. */
  public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... arguments)
      throws SQLException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      return rows.next() ? Optional.of(reader.read(rows)) : Optional.empty();
    }
  }

  /** The number in the first column of the first row, unless it is NULL. */
  public OptionalLong number(String sql, @Nullable Object... arguments) throws SQLException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      if (!rows.next()) {
        return OptionalLong.empty();
      }
      long number = rows.getLong(1);
      return rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
    }
  }

  /** Walks over rows until the walker has enough. */
  public void walk(String sql, RowWalker walker, @Nullable Object... arguments)
      throws SQLException {
    try (ResultSet rows = bound(sql, arguments).executeQuery()) {
      boolean wantsMore = true;
      while (wantsMore && rows.next()) {
        wantsMore = walker.take(rows);
      }
    }
  }

  /** Runs statements that are not worth keeping, separated by semicolons. */
  public void script(String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Begins a transaction with the next statement. */
  void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  void rollBack() throws SQLException {
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Override
  public void close() throws SQLException {
    statements.values().forEach(Session::closeQuietly);
    statements.clear();
    connection.close();
  }

  private PreparedStatement bound(String sql, @Nullable Object... arguments) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < arguments.length; i++) {
      bind(statement, i + 1, arguments[i]);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, int at, @Nullable Object value)
      throws SQLException {
    if (value instanceof Long number) {
      statement.setLong(at, number);
    } else if (value instanceof Boolean flag) {
      statement.setInt(at, flag ? 1 : 0);
    } else if (value instanceof String text) {
      statement.setString(at, text);
    } else if (value instanceof byte[] octets) {
      statement.setBytes(at, octets);
    } else if (value instanceof Integer number) {
      statement.setInt(at, number);
    } else if (value == null) {
      statement.setObject(at, null);
    } else {
      throw new IllegalArgumentException("cannot bind a " + value.getClass().getSimpleName());
    }
  }

  private static void closeQuietly(PreparedStatement statement) {
    try {
      statement.close();
    } catch (SQLException e) {
      // The connection is closed next, which frees it anyway.
      return;
    }
  }
}
