package org.jmapproxy.backend.imap.internal.store.db;

import java.sql.SQLException;

/**
 * Something to do with a connection.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface SqlWork<T> {

  /** Does it. */
  T run(Session session) throws SQLException;
}
