package org.jmapproxy.backend.imap.internal.store.db;

import java.nio.file.Path;
import java.sql.SQLException;
import org.jmapproxy.backend.imap.internal.store.schema.DiskSpace;
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

  /** What callers hear of an error with a file. */
  public static BackendException backendException(SQLException e, Path file) {
    int code = code(e);
    boolean failedToWrite =
        code == SQLiteErrorCode.SQLITE_IOERR.code || code == SQLiteErrorCode.SQLITE_CANTOPEN.code;
    if (code == SQLiteErrorCode.SQLITE_FULL.code || (failedToWrite && DiskSpace.isShortAt(file))) {
      return new BackendException(BackendException.Reason.UNAVAILABLE, DiskSpace.NO_ROOM, e);
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
