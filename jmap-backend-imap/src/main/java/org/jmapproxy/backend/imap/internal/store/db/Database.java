package org.jmapproxy.backend.imap.internal.store.db;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jmapproxy.core.error.BackendException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One SQLite file with one writing connection and a few reading ones, opened when needed.
 * Thread-safe.
 */
public final class Database implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int MOST_READERS = 4;

  private final Path file;
  private final Connections connections;
  private final ReentrantLock writing = new ReentrantLock();
  private final Semaphore reading = new Semaphore(MOST_READERS);
  private final ConcurrentLinkedDeque<Session> idleReaders = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Counts calls of {@link #trim}: what is in use at that moment is closed afterwards. */
  private final AtomicInteger trims = new AtomicInteger();

  private @Nullable Session writer;

  /** What the writing connection is set to; empty if that is not known. */
  private Optional<Durability> writerDurability = Optional.empty();

  /** How sure a write must be before the caller hears of it. */
  public enum Durability {
    /** Survives the end of the process. What can be fetched again needs no more. */
    PROCESS,
    /** Survives a power failure. */
    POWER
  }

  /** Uses a file that exists and has its tables. */
  public Database(Path file, Connections connections) {
    this.file = file;
    this.connections = connections;
  }

  /** Reads in one snapshot; does not wait for the writer. */
  public <T> T read(SqlWork<T> work) {
    reading.acquireUninterruptibly();
    int trimsBefore = trims.get();
    try {
      checkOpen();
      Session session = idleReaders.pollLast();
      if (session == null) {
        session = connections.openReader(file);
      }
      return readWith(session, work, trimsBefore);
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      reading.release();
    }
  }

  /** Does all or nothing; one at a time. */
  public <T> T write(Durability durability, SqlWork<T> work) {
    writing.lock();
    int trimsBefore = trims.get();
    try {
      checkOpen();
      Session session = writer();
      prepare(session, durability);
      boolean done = false;
      try {
        session.begin();
        T result = work.run(session);
        session.commit();
        done = true;
        return result;
      } finally {
        if (!done) {
          rollBack(session);
        }
      }
    } catch (SQLException e) {
      throw failure(e);
    } finally {
      if (trimsBefore != trims.get() && writing.getHoldCount() == 1) {
        closeWriter();
      }
      writing.unlock();
    }
  }

  /** Whether the current thread is inside {@link #write}. */
  public boolean isWriting() {
    return writing.isHeldByCurrentThread();
  }

  /** Closes connections that nobody uses. */
  public void trim() {
    trims.incrementAndGet();
    closeIdleReaders();
    if (writing.tryLock()) {
      try {
        closeWriter();
      } finally {
        writing.unlock();
      }
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    reading.acquireUninterruptibly(MOST_READERS);
    closeIdleReaders();
    reading.release(MOST_READERS);
    writing.lock();
    try {
      closeWriter();
    } finally {
      writing.unlock();
    }
  }

  private Session writer() throws SQLException {
    Session session = writer;
    if (session == null) {
      session = connections.openWriter(file);
      writer = session;
      writerDurability = Optional.empty();
    }
    return session;
  }

  private void prepare(Session session, Durability durability) throws SQLException {
    if (writerDurability.filter(durability::equals).isEmpty()) {
      writerDurability = Optional.empty();
      session.script(
          durability == Durability.POWER ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
      writerDurability = Optional.of(durability);
    }
  }

  private <T> T readWith(Session session, SqlWork<T> work, int trimsBefore) throws SQLException {
    boolean sound = false;
    try {
      session.begin();
      T result = work.run(session);
      session.commit();
      sound = true;
      return result;
    } finally {
      if (sound && trimsBefore == trims.get()) {
        idleReaders.addLast(session);
        if (trimsBefore != trims.get()) {
          closeIdleReaders();
        }
      } else {
        closeQuietly(session);
      }
    }
  }

  private void rollBack(Session session) {
    try {
      session.rollBack();
    } catch (SQLException e) {
      // A connection in an unknown condition is not used again; closing it rolls back.
      LOG.debug("a transaction could not be rolled back", e);
      closeWriter();
    }
  }

  private void closeIdleReaders() {
    for (Session session = idleReaders.pollFirst();
        session != null;
        session = idleReaders.pollFirst()) {
      closeQuietly(session);
    }
  }

  private void closeWriter() {
    Session session = writer;
    writer = null;
    if (session != null) {
      closeQuietly(session);
    }
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new BackendException(BackendException.Reason.UNAVAILABLE, "the account is closed");
    }
  }

  private BackendException failure(SQLException e) {
    if (SqliteErrors.isCorruption(e)) {
      Corruption.mark(file);
    }
    return SqliteErrors.backendException(e, file);
  }

  private static void closeQuietly(Session session) {
    try {
      session.close();
    } catch (SQLException e) {
      LOG.warn("a database connection could not be closed: {}", e.getMessage());
    }
  }
}
