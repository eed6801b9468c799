package org.jmapproxy.backend.imap.internal.store.db;

import java.sql.SQLException;
import org.jmapproxy.core.error.BackendException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean. */
public final class SqliteErrors {

  private static final int PRIMARY_CODE = 0xff;

  private SqliteErrors() {}

  /** Whether the file cannot be trusted any more. */
  public static boolean isCorruption(SQLException e) {
    int code = code(e);
    return code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  /** What callers hear of an error. */
  public static BackendException backendException(SQLException e) {
    if (code(e) == SQLiteErrorCode.SQLITE_FULL.code) {
      return new BackendException(
          BackendException.Reason.UNAVAILABLE, "there is no room left on the disk", e);
    }
    return new BackendException(
        BackendException.Reason.BROKEN, "the account's data could not be read or written", e);
  }

  private static int code(SQLException e) {
    return e instanceof SQLiteException sqlite
        ? sqlite.getResultCode().code & PRIMARY_CODE
        : e.getErrorCode() & PRIMARY_CODE;
  }
}
