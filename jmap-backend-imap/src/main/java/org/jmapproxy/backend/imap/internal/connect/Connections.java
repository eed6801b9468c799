package org.jmapproxy.backend.imap.internal.connect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.core.error.BackendException;

/**
 * The connections of one account, never more than its server is asked to bear. Whoever needs one
 * takes it for a short piece of work and gives it back; the next in line gets it. Thread-safe.
 */
public final class Connections implements AutoCloseable {
  private static final String CLOSED = "The account is closed";
  private static final Duration PROVEN_FOR = Duration.ofSeconds(10);
  private static final Duration FRESH_FOR = Duration.ofMillis(100);

  private final ConnectionFactory factory;
  private final Clock clock;
  private final Semaphore permits;
  private final Deque<Link> idle = new ArrayDeque<>();
  private final Set<ImapConnection> open = new HashSet<>();
  private boolean closed;

  /**
   * Connects nowhere yet.
   *
   * @param most how many connections may be open at once
   */
  public Connections(ConnectionFactory factory, int most, Clock clock) {
    this.factory = factory;
    this.clock = clock;
    this.permits = new Semaphore(most, true);
  }

  /**
   * Runs work on a connection.
   *
   * @param mailbox which mailbox the work will select; a connection that has it is preferred
   * @param deadline until when to wait for a free connection
   * @throws ImapException what the work threw, or why there is no connection
   * @throws BackendException when no connection becomes free in time
   */
  public <T> T use(Optional<String> mailbox, Instant deadline, Function<Link, T> work) {
    acquire(deadline);
    try {
      Link link = take(mailbox).filter(this::isAlive).orElseGet(() -> new Link(connect()));
      return run(link, work);
    } finally {
      permits.release();
    }
  }

  private <T> T run(Link link, Function<Link, T> work) {
    boolean usable = false;
    try {
      T result = work.apply(link);
      usable = true;
      return result;
    } catch (ImapException e) {
      usable = !e.closesConnection();
      throw e;
    } finally {
      giveBack(link, usable);
    }
  }

  /**
   * A connection that is kept for long and counts among the others; the caller gives it up with
   * {@link #end}.
   */
  public ImapConnection begin(Instant deadline) {
    acquire(deadline);
    try {
      return connect();
    } catch (RuntimeException e) {
      permits.release();
      throw e;
    }
  }

  /** Closes a connection from {@link #begin}. */
  public void end(ImapConnection connection) {
    discard(connection);
    permits.release();
  }

  /** Whether nothing may be changed at the server. */
  public boolean areReadOnly() {
    return factory.isReadOnly();
  }

  /** Closes resting connections that have a mailbox selected which is about to go. */
  public void forget(String mailbox) {
    Deque<Link> having = new ArrayDeque<>();
    synchronized (this) {
      for (Iterator<Link> links = idle.iterator(); links.hasNext(); ) {
        Link link = links.next();
        if (link.hasSelected(mailbox)) {
          links.remove();
          having.add(link);
        }
      }
    }
    having.forEach(link -> discard(link.imap()));
  }

  /** When it makes sense to connect. */
  public Reachability reachability() {
    return factory.reachability();
  }

  /** Closes connections that nobody used for a while. */
  public void closeIdle(Duration unused) {
    Deque<Link> old = new ArrayDeque<>();
    synchronized (this) {
      for (Iterator<Link> links = idle.iterator(); links.hasNext(); ) {
        Link link = links.next();
        if (link.idleNanos() >= unused.toNanos()) {
          links.remove();
          old.add(link);
        }
      }
    }
    for (Link link : old) {
      link.imap().logout();
      discard(link.imap());
    }
  }

  /** Closes all connections at once; work that is under way on them fails. */
  @Override
  public void close() {
    List<ImapConnection> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(open);
      open.clear();
      idle.clear();
    }
    all.forEach(ImapConnection::close);
  }

  private void acquire(Instant deadline) {
    long patience = Math.max(0, Duration.between(clock.instant(), deadline).toMillis());
    try {
      if (!permits.tryAcquire(patience, TimeUnit.MILLISECONDS)) {
        throw new BackendException(
            BackendException.Reason.UNAVAILABLE, "All connections to the mail server are busy");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(
          BackendException.Reason.UNAVAILABLE, "Interrupted while waiting for a connection", e);
    }
  }

  private ImapConnection connect() {
    refuseWhenClosed();
    ImapConnection connection = factory.open();
    synchronized (this) {
      if (!closed) {
        open.add(connection);
        return connection;
      }
    }
    connection.close();
    throw new BackendException(BackendException.Reason.UNAVAILABLE, CLOSED);
  }

  private synchronized void refuseWhenClosed() {
    if (closed) {
      throw new BackendException(BackendException.Reason.UNAVAILABLE, CLOSED);
    }
  }

  private void discard(ImapConnection connection) {
    connection.close();
    synchronized (this) {
      open.remove(connection);
    }
  }

  private synchronized Optional<Link> take(Optional<String> mailbox) {
    for (Iterator<Link> links = idle.iterator(); links.hasNext(); ) {
      Link link = links.next();
      if (mailbox.isEmpty() || link.hasSelected(mailbox.get())) {
        links.remove();
        return Optional.of(link);
      }
    }
    return Optional.ofNullable(idle.pollLast());
  }

  /** A connection that rested for a while may be dead; better to find out before the real work. */
  private boolean isAlive(Link link) {
    if (link.imap().isClosed()) {
      discard(link.imap());
      return false;
    }
    if (link.idleNanos() < FRESH_FOR.toNanos()) {
      return true;
    }
    try {
      if (link.idleNanos() >= PROVEN_FOR.toNanos() || link.imap().hasNews()) {
        link.imap().noop();
      }
      return true;
    } catch (ImapException e) {
      discard(link.imap());
      return false;
    }
  }

  private void giveBack(Link link, boolean usable) {
    boolean keep;
    synchronized (this) {
      keep = usable && !closed && !link.imap().isClosed();
      if (keep) {
        link.used();
        idle.addFirst(link);
      }
    }
    if (!keep) {
      discard(link.imap());
    }
  }
}
