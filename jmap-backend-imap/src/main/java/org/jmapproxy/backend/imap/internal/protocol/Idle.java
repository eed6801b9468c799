package org.jmapproxy.backend.imap.internal.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseReader;

/**
 * One IDLE (RFC 2177): {@link #run} listens, {@link #stop} from any thread ends it at once, also if
 * it comes first. Used for one run.
 */
public final class Idle {
  /** A server that talks without end must not keep a processor busy: it has to wait for us. */
  private static final int MANY = 1000;

  private static final Duration BREATH = Duration.ofMillis(20);

  private enum Phase {
    BEFORE,
    LISTENING,
    ENDING
  }

  private final ImapSession session;
  private final Object lock = new Object();
  private Phase phase = Phase.BEFORE;
  private boolean begun;
  private boolean endedByServer;
  private boolean stopped;
  private long endingSince;

  Idle(ImapSession session) {
    this.session = session;
  }

  /**
   * Listens until {@link #stop}, or until the time is over; what the server tells goes to the
   * connection's listener, which may call {@link #stop}. Afterwards the connection is free for
   * commands.
   *
   * @return true if it was stopped, false if the time was over or the server ended it
   */
  public boolean run(Duration most) {
    synchronized (lock) {
      if (stopped) {
        return true;
      }
    }
    return session.guarded(() -> listen(System.nanoTime() + most.toNanos()));
  }

  /** Whether the server has agreed to tell news. */
  public boolean hasBegun() {
    synchronized (lock) {
      return begun;
    }
  }

  /** Whether the server ended the listening, though nobody asked for that. */
  public boolean wasEndedByServer() {
    synchronized (lock) {
      return endedByServer;
    }
  }

  /** Ends the listening, now or as soon as it begins. Safe from any thread, at any time. */
  public void stop() {
    synchronized (lock) {
      stopped = true;
      if (phase == Phase.LISTENING) {
        try {
          sendDone();
        } catch (ImapConnectionLostException e) {
          session.close();
        }
      }
    }
  }

  private boolean listen(long deadline) {
    Command command = Command.named("IDLE");
    String tag = session.nextTag();
    session.send(tag, command, UntaggedHandler.NONE);
    Optional<StatusResponse> end = session.awaitContinuation(tag, UntaggedHandler.NONE);
    if (end.isEmpty()) {
      begin();
      end = listenUntilTagged(tag, deadline);
    }
    session.readTimeout(session.endpoint().readTimeout());
    synchronized (lock) {
      endedByServer = phase != Phase.ENDING;
      phase = Phase.ENDING;
      session.expectOk(command, end.orElseThrow());
      return stopped;
    }
  }

  private void begin() {
    synchronized (lock) {
      phase = Phase.LISTENING;
      begun = true;
      if (stopped) {
        sendDone();
      }
    }
  }

  private Optional<StatusResponse> listenUntilTagged(String tag, long deadline) {
    ResponseReader reader = session.reader();
    for (int responses = 1; true; responses++) {
      session.readTimeout(patience(deadline));
      if (reader.await()) {
        session.readTimeout(session.endpoint().readTimeout());
        Optional<StatusResponse> tagged =
            session.dispatch(reader.next(), tag, UntaggedHandler.NONE);
        if (tagged.isPresent()) {
          return tagged;
        }
        if (responses % MANY == 0) {
          LockSupport.parkNanos(BREATH.toNanos());
        }
      }
      endWhenDue(deadline);
    }
  }

  /** Never longer than the read timeout, so that an unanswered DONE is noticed. */
  private Duration patience(long deadline) {
    Duration most = session.endpoint().readTimeout();
    synchronized (lock) {
      if (phase == Phase.ENDING) {
        return most;
      }
    }
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    return left.compareTo(most) < 0 ? left : most;
  }

  private void endWhenDue(long deadline) {
    synchronized (lock) {
      long now = System.nanoTime();
      if (phase == Phase.LISTENING) {
        if (now - deadline >= 0) {
          sendDone();
        }
      } else if (now - endingSince > session.endpoint().readTimeout().toNanos()) {
        throw new ImapConnectionLostException(
            Reason.TIMEOUT, "The server does not answer the end of IDLE", null);
      }
    }
  }

  private void sendDone() {
    phase = Phase.ENDING;
    endingSince = System.nanoTime();
    session.line("DONE");
  }
}
