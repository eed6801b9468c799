package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.Idle;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.MailboxListener;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits in IDLE with a mailbox selected, and hears of all other mailboxes too where the server has
 * NOTIFY (RFC 5465). {@link #over} is called once; {@link #stop} is safe from any thread.
 */
final class Watch implements MailboxListener {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  /** A server that ends IDLE so soon, and so often in a row, would be asked without a pause. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final int MOST_SOON = 5;

  /** A server that is so often too busy for NOTIFY is asked for INBOX only. */
  private static final int MOST_OVERFLOWS = 3;

  private final Watcher.Observer observer;
  private final String mailbox;
  private final Duration renewal;
  private final Clock clock;
  private Optional<Idle> idle = Optional.empty();
  private boolean stopped;
  private volatile boolean notified;
  private volatile boolean listening;
  private boolean overflowed;
  private int overflows;
  private volatile Duration listened = Duration.ZERO;

  /**
   * Watches nothing yet.
   *
   * @param renewal how long one IDLE lasts at most
   */
  Watch(Watcher.Observer observer, String mailbox, Duration renewal, Clock clock) {
    this.observer = observer;
    this.mailbox = mailbox;
    this.renewal = renewal;
    this.clock = clock;
  }

  /** Watches until it is stopped, or the connection breaks. The server has IDLE. */
  void over(ImapConnection connection) {
    connection.examine(mailbox);
    connection.listener(this);
    askForAll(connection);
    listening = true;
    observer.stirred(mailbox);
    int soon = 0;
    for (Optional<Idle> turn = next(connection); turn.isPresent(); turn = next(connection)) {
      Duration before = listened;
      boolean isOver = !overflowed && listen(turn.get());
      boolean isSoon = listened.minus(before).compareTo(SOON) < 0;
      soon = turn.get().wasEndedByServer() && isSoon ? soon + 1 : 0;
      if (overflowed) {
        recover(connection);
      } else if (isOver || soon == MOST_SOON) {
        return;
      }
    }
  }

  private boolean listen(Idle turn) {
    Instant begun = clock.instant();
    try {
      return turn.run(renewal);
    } finally {
      if (turn.hasBegun()) {
        listened = listened.plus(Duration.between(begun, clock.instant()));
      }
    }
  }

  /** How long the server would have told news. */
  Duration listened() {
    return listened;
  }

  /** Whether news of that mailbox come by themselves. */
  boolean hears(String mailbox) {
    return listening && (notified || mailbox.equals(this.mailbox));
  }

  private void askForAll(ImapConnection connection) {
    notified = false;
    if (connection.capabilities().has("NOTIFY") && overflows < MOST_OVERFLOWS) {
      notified = connection.notifyOfAll();
      LOG.debug("NOTIFY is {}", notified ? "set" : "refused; IDLE on INBOX has to do");
    }
  }

  /** After an overflow the server is as if NOTIFY had never been set. */
  private void recover(ImapConnection connection) {
    overflowed = false;
    overflows++;
    askForAll(connection);
    observer.unsettled();
  }

  private synchronized Optional<Idle> next(ImapConnection connection) {
    idle = stopped ? Optional.empty() : Optional.of(connection.idle());
    return idle;
  }

  /** Ends the watching at once. */
  synchronized void stop() {
    stopped = true;
    idle.ifPresent(Idle::stop);
  }

  @Override
  public void exists(long messages) {
    observer.stirred(mailbox);
  }

  @Override
  public void expunged(long sequenceNumber) {
    observer.stirred(mailbox);
  }

  @Override
  public void vanished(UidSet uids, boolean earlier) {
    observer.stirred(mailbox);
  }

  @Override
  public void changed(FetchedMessage message) {
    observer.stirred(mailbox);
  }

  /** Without mod-sequences only the message itself says that flags have changed. */
  @Override
  public void status(MailboxStatus status) {
    if (notified && status.highestModSeq().isEmpty()) {
      observer.stirred(status.name());
    } else {
      observer.told(status);
    }
  }

  @Override
  public void listed() {
    observer.unsettled();
  }

  @Override
  public void code(ResponseCode code, String text) {
    if (overflows < MOST_OVERFLOWS && code.is("NOTIFICATIONOVERFLOW")) {
      overflowed = true;
      synchronized (this) {
        idle.ifPresent(Idle::stop);
      }
    }
  }
}
