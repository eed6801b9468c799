package org.jmapproxy.backend.imap.internal.store.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jmapproxy.backend.imap.internal.store.db.Session;
import org.jmapproxy.core.error.BackendException;

/**
 * Brings a file up to the newest version. Version n is made from version n-1 by the script {@code
 * n.sql} beside this class; a script that was released never changes.
 *
 * @param newest the version that this program works with
 */
public record Migrations(int newest) {

  /** The version that this program works with. */
  public static Migrations current() {
    return new Migrations(5);
  }

  /**
   * Applies what is missing, after keeping a copy of a file that has data already.
   *
   * @throws BackendException when the file was written by a newer version
   */
  public void apply(Session session, Path file) throws SQLException {
    int version = version(session);
    if (version > newest) {
      throw new BackendException(
          BackendException.Reason.BROKEN,
          file.getFileName()
              + " was written by a newer version (schema "
              + version
              + ", this one knows "
              + newest
              + "): run that version, or put back the copy that it kept");
    }
    if (version > 0 && version < newest) {
      keepCopy(session, file, version);
    }
    for (int next = version + 1; next <= newest; next++) {
      session.script("BEGIN IMMEDIATE");
      try {
        session.script(script(next));
        session.script("PRAGMA user_version=" + next);
        session.script("COMMIT");
      } catch (SQLException e) {
        session.script("ROLLBACK");
        throw e;
      }
    }
  }

  private static int version(Session session) throws SQLException {
    return (int) session.number("PRAGMA user_version").orElse(0);
  }

  private static void keepCopy(Session session, Path file, int version) throws SQLException {
    Path copy = file.resolveSibling(file.getFileName() + ".version-" + version);
    try {
      Files.deleteIfExists(copy);
      session.update("VACUUM INTO ?", copy.toString());
      PrivateFiles.restrict(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String script(int version) {
    try (InputStream script = Migrations.class.getResourceAsStream(version + ".sql")) {
      if (script == null) {
        throw new IllegalStateException("there is no script for schema " + version);
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
