package org.jmapproxy.backend.imap.internal.sync;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.core.error.BackendException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for news of an account, on a thread and a connection of its own. Thread-safe. */
final class Watcher {
  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);

  /** Hears of the account, on the watcher's thread. */
  interface Observer {
    /** The mailbox to select: the one in which most happens. */
    String watched();

    /** Something has changed in that mailbox. */
    void stirred(String mailbox);

    /** A mailbox is in that state now; whether that is news is not known. */
    void told(MailboxStatus status);

    /** Anything may have happened: to the list of mailboxes, or while the server was too busy. */
    void unsettled();

    /** The connection broke, though nobody asked for that. */
    void lost();
  }

  private final Connections connections;
  private final ThreadFactory threads;
  private final Observer observer;
  private Optional<Shift> current = Optional.empty();
  private boolean impossible;

  Watcher(Connections connections, ThreadFactory threads, Observer observer) {
    this.connections = connections;
    this.threads = threads;
    this.observer = observer;
  }

  /** Begins to watch, unless it is watching. */
  synchronized void start(Instant now) {
    if (current.isPresent() || impossible) {
      return;
    }
    Shift shift = new Shift(now);
    current = Optional.of(shift);
    threads.newThread(shift).start();
  }

  /** Whether what happens in that mailbox is heard without being asked for. */
  synchronized boolean hears(String mailbox) {
    return current.map(shift -> shift.watch.hears(mailbox)).orElse(false);
  }

  synchronized void stop() {
    current.ifPresent(shift -> shift.watch.stop());
    current = Optional.empty();
  }

  private synchronized boolean ended(Shift shift) {
    boolean unasked = current.isPresent() && current.get() == shift;
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
  private final class Shift implements Runnable {
    private final Instant begun;
    private final Watch watch = new Watch(observer, observer.watched());

    Shift(Instant begun) {
      this.begun = begun;
    }

    @Override
    public void run() {
      try {
        ImapConnection connection = connections.beginWatching(begun.plusSeconds(5));
        try {
          if (connection.capabilities().hasIdle()) {
            watch.over(connection);
          } else {
            giveUp();
          }
        } finally {
          connections.end(connection);
        }
      } catch (ImapException | BackendException e) {
        LOG.debug("Watching ended", e);
      } finally {
        if (ended(this)) {
          observer.lost();
        }
      }
    }
  }
}
