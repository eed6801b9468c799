package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.protocol.Idle;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.MailboxListener;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.core.error.BackendException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits in IDLE on a mailbox, on a thread and a connection of its own, and tells when it stirs. */
final class Watcher {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  /**
   * Below the half hour after which servers may hang up (RFC 2177), and below most NAT timeouts.
   */
  private static final Duration RENEW = Duration.ofMinutes(9);

  /** Hears of the mailbox, on the watcher's thread. */
  interface Observer {
    /** Something has changed in it. */
    void stirred();

    /** The connection broke, though nobody asked for that. */
    void lost();
  }

  private final Connections connections;
  private final ThreadFactory threads;
  private final String mailbox;
  private final Observer observer;
  private Optional<Watch> current = Optional.empty();
  private boolean impossible;

  Watcher(Connections connections, ThreadFactory threads, String mailbox, Observer observer) {
    this.connections = connections;
    this.threads = threads;
    this.mailbox = mailbox;
    this.observer = observer;
  }

  /** Begins to watch, unless it is watching. */
  synchronized void start(Instant now) {
    if (current.isPresent() || impossible) {
      return;
    }
    Watch watch = new Watch(now);
    current = Optional.of(watch);
    threads.newThread(watch).start();
  }

  synchronized void stop() {
    current.ifPresent(Watch::stop);
    current = Optional.empty();
  }

  private synchronized boolean ended(Watch watch) {
    boolean unasked = current.isPresent() && current.get() == watch;
    if (unasked) {
      current = Optional.empty();
    }
    return unasked && !impossible;
  }

  /** The server has no IDLE: polling has to do. */
  private synchronized void giveUp() {
    impossible = true;
  }

  /** One connection's life. */
  private final class Watch implements Runnable, MailboxListener {
    private final Instant begun;
    private Optional<Idle> idle = Optional.empty();
    private boolean stopped;

    Watch(Instant begun) {
      this.begun = begun;
    }

    @Override
    public void run() {
      try {
        ImapConnection connection = connections.begin(begun.plusSeconds(5));
        try {
          watch(connection);
        } finally {
          connections.end(connection);
        }
      } catch (ImapException | BackendException e) {
        LOG.debug("Watching {} ended", mailbox, e);
      } finally {
        if (ended(this)) {
          observer.lost();
        }
      }
    }

    private void watch(ImapConnection connection) {
      if (!connection.capabilities().hasIdle()) {
        giveUp();
        return;
      }
      connection.examine(mailbox);
      connection.listener(this);
      observer.stirred();
      while (next(connection).map(round -> !round.run(RENEW)).orElse(false)) {
        LOG.trace("IDLE on {} is renewed", mailbox);
      }
    }

    private synchronized Optional<Idle> next(ImapConnection connection) {
      idle = stopped ? Optional.empty() : Optional.of(connection.idle());
      return idle;
    }

    synchronized void stop() {
      stopped = true;
      idle.ifPresent(Idle::stop);
    }

    @Override
    public void exists(long messages) {
      observer.stirred();
    }

    @Override
    public void expunged(long sequenceNumber) {
      observer.stirred();
    }

    @Override
    public void vanished(UidSet uids, boolean earlier) {
      observer.stirred();
    }

    @Override
    public void changed(FetchedMessage message) {
      observer.stirred();
    }
  }
}
