package org.jmapproxy.backend.passthrough.internal.session;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jmapproxy.core.error.BackendException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upstream's session as last seen. Fetched when there is none, and again when a response tells
 * another state of it (RFC 8620 section 3.4), or the first one comes and what is known was kept
 * since an earlier time. Thread-safe.
 */
public final class CurrentSession {

  private static final Logger LOG = LoggerFactory.getLogger(CurrentSession.class);

  private final SessionDiscovery discovery;
  private final SessionFile file;
  private final Executor executor;
  private final ReentrantLock fetching = new ReentrantLock();
  private final AtomicBoolean refreshing = new AtomicBoolean();
  private volatile Optional<UpstreamSession> known;
  private final AtomicBoolean fromEarlierTime;
  private volatile boolean closed;
  private volatile String lastHeard = "";

  /** Begins with what was kept. */
  public CurrentSession(SessionDiscovery discovery, SessionFile file, Executor executor) {
    this.discovery = discovery;
    this.file = file;
    this.executor = executor;
    this.known = file.load(discovery::read);
    this.fromEarlierTime = new AtomicBoolean(known.isPresent());
  }

  /** The session, if it was ever fetched. */
  public Optional<UpstreamSession> known() {
    return known;
  }

  /**
   * The session, fetched if it never was.
   *
   * @throws BackendException when it cannot be fetched
   */
  public UpstreamSession get() {
    return known.orElseGet(this::first);
  }

  /**
   * Fetches the session.
   *
   * @throws BackendException when it cannot be fetched; what was known stays
   */
  public UpstreamSession fetch() {
    fetching.lock();
    try {
      UpstreamSession session = discovery.fetch();
      known = Optional.of(session);
      fromEarlierTime.set(false);
      if (!closed) {
        file.save(session);
      }
      return session;
    } finally {
      fetching.unlock();
    }
  }

  /**
   * Hears what a response says of the session's state. An upstream whose responses never agree with
   * its session is asked once for each new state, not each time.
   */
  public void heardOf(String state) {
    boolean news = !state.isEmpty() && !state.equals(lastHeard);
    lastHeard = state.isEmpty() ? lastHeard : state;
    if (fromEarlierTime.compareAndSet(true, false)) {
      refresh();
    } else if (news && known.filter(session -> !session.state().equals(state)).isPresent()) {
      refresh();
    }
  }

  /** Has the session fetched anew, some time soon: it may have changed. */
  public void refresh() {
    if (!refreshing.compareAndSet(false, true)) {
      return;
    }
    try {
      executor.execute(this::refreshNow);
    } catch (RejectedExecutionException e) {
      refreshing.set(false);
    }
  }

  /** Keeps nothing more: the account may be deleted now. */
  public void close() {
    closed = true;
  }

  private void refreshNow() {
    refreshing.set(false);
    try {
      fetch();
    } catch (BackendException e) {
      LOG.info("a session is not refreshed: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("a session is not refreshed", e);
    }
  }

  private UpstreamSession first() {
    fetching.lock();
    try {
      return known.orElseGet(this::fetch);
    } finally {
      fetching.unlock();
    }
  }
}
