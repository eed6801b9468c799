package org.jmapproxy.backend.imap.internal.connect;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jmapproxy.backend.imap.internal.connect.ServerSlots.Kind;
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
  private final Map<ImapConnection, Kind> open = new HashMap<>();
  private final ServerSlots server;
  private final BooleanSupplier closesOne = this::closeOneResting;
  private boolean closed;

  /**
   * Connects nowhere yet.
   *
   * @param most how many connections may be open at once
   * @param server how many all accounts together may have
   */
  public Connections(ConnectionFactory factory, int most, ServerSlots server, Clock clock) {
    this.factory = factory;
    this.server = server;
    server.join(closesOne);
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
      Link link =
          take(mailbox)
              .filter(this::isAlive)
              .orElseGet(() -> new Link(connect(Kind.WORK, deadline)));
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
    return begin(Kind.WORK, deadline);
  }

  /** Like {@link #begin}, for a connection that waits for news; others leave room for work. */
  public ImapConnection beginWatching(Instant deadline) {
    return begin(Kind.WATCH, deadline);
  }

  private ImapConnection begin(Kind kind, Instant deadline) {
    acquire(deadline);
    try {
      return connect(kind, deadline);
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
      all = List.copyOf(open.keySet());
      idle.clear();
    }
    server.leave(closesOne);
    all.forEach(this::discard);
  }

  private Duration patience(Instant deadline) {
    Duration left = Duration.between(clock.instant(), deadline);
    return left.isNegative() ? Duration.ZERO : left;
  }

  private void acquire(Instant deadline) {
    try {
      if (!permits.tryAcquire(patience(deadline).toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BackendException(
            BackendException.Reason.UNAVAILABLE, "All connections to the mail server are busy");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static BackendException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new BackendException(
        BackendException.Reason.UNAVAILABLE, "Interrupted while waiting for a connection", e);
  }

  private ImapConnection connect(Kind kind, Instant deadline) {
    refuseWhenClosed();
    enterServer(kind, deadline);
    boolean kept = false;
    ImapConnection connection = null;
    try {
      connection = factory.open(kind == Kind.WORK);
      synchronized (this) {
        refuseWhenClosed();
        open.put(connection, kind);
        kept = true;
        return connection;
      }
    } finally {
      if (!kept) {
        server.exit(kind);
        if (connection != null) {
          connection.close();
        }
      }
    }
  }

  private void enterServer(Kind kind, Instant deadline) {
    try {
      if (!server.enter(kind, patience(deadline))) {
        throw new BackendException(
            BackendException.Reason.UNAVAILABLE,
            "All connections that the mail server may get are busy");
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Closes a connection that nobody uses, so that another account can have one. */
  private boolean closeOneResting() {
    Optional<Link> oldest;
    synchronized (this) {
      oldest = Optional.ofNullable(idle.pollLast());
    }
    oldest.ifPresent(link -> discard(link.imap()));
    return oldest.isPresent();
  }

  private synchronized void refuseWhenClosed() {
    if (closed) {
      throw new BackendException(BackendException.Reason.UNAVAILABLE, CLOSED);
    }
  }

  private void discard(ImapConnection connection) {
    connection.close();
    Optional<Kind> kind;
    synchronized (this) {
      kind = Optional.ofNullable(open.remove(connection));
    }
    kind.ifPresent(server::exit);
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
      keep = usable && !closed && !link.imap().isClosed() && !server.isCrowded();
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
