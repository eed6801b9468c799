package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
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
  private static final Duration PATIENCE = Duration.ofSeconds(5);

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

    /**
     * The watching ended, though nobody asked for that.
     *
     * @param listened how long news would have been heard
     */
    void lost(Duration listened);
  }

  private final Connections connections;
  private final ThreadFactory threads;
  private final Duration renewal;
  private final Clock clock;
  private final Observer observer;
  private Optional<Shift> current = Optional.empty();
  private boolean impossible;

  Watcher(
      Connections connections,
      ThreadFactory threads,
      Duration renewal,
      Clock clock,
      Observer observer) {
    this.connections = connections;
    this.threads = threads;
    this.renewal = renewal;
    this.clock = clock;
    this.observer = observer;
  }

  /** Begins to watch, unless it is watching. */
  synchronized void start() {
    if (current.isPresent() || impossible) {
      return;
    }
    Shift shift = new Shift();
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
    private final Watch watch = new Watch(observer, observer.watched(), renewal, clock);

    @Override
    public void run() {
      try {
        ImapConnection connection = connections.beginWatching(clock.instant().plus(PATIENCE));
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
      } catch (RuntimeException e) {
        LOG.warn("Watching failed", e);
      } finally {
        if (ended(this)) {
          observer.lost(watch.listened());
        }
      }
    }
  }
}
