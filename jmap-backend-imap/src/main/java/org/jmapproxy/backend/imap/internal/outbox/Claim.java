package org.jmapproxy.backend.imap.internal.outbox;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jmapproxy.backend.imap.internal.smtp.SmtpConnection;

/**
 * Decides, between the thread that sends and the client that waits for it, who acts next. Up to the
 * moment of DATA the client may end the attempt; after that it may only leave it alone.
 * Thread-safe.
 */
final class Claim {

  private enum Stage {
    TRYING,
    COMMITTED,
    OVER,
    ABANDONED,
    LEFT_ALONE
  }

  /** What a client does that waits no longer. */
  enum Leave {
    /** Nothing was handed over, and nothing will be. */
    ENDED_IT,
    /** The message is being handed over. */
    GOES_ON,
    /** It is over: the result is there. */
    IS_OVER
  }

  private Stage stage = Stage.TRYING;
  private Optional<SmtpConnection> connection = Optional.empty();

  /** The sender has a connection; closed at once if nobody wants it any more. */
  synchronized void uses(SmtpConnection newConnection) {
    connection = Optional.of(newConnection);
    if (stage == Stage.ABANDONED) {
      newConnection.close();
    }
  }

  /**
   * The sender wants to begin to hand over the message.
   *
   * @param begin writes that down; false if it is not to be handed over after all
   * @return whether it may
   */
  synchronized boolean commit(BooleanSupplier begin) {
    if (stage == Stage.TRYING && begin.getAsBoolean()) {
      stage = Stage.COMMITTED;
      return true;
    }
    return false;
  }

  /**
   * The sender knows how the attempt ended.
   *
   * @return whether somebody waits for the result
   */
  synchronized boolean over() {
    boolean isAwaited = stage == Stage.TRYING || stage == Stage.COMMITTED;
    if (isAwaited) {
      stage = Stage.OVER;
    }
    return isAwaited;
  }

  /** The client waits no longer. */
  synchronized Leave leave() {
    return switch (stage) {
      case TRYING, ABANDONED -> {
        stage = Stage.ABANDONED;
        connection.ifPresent(SmtpConnection::close);
        yield Leave.ENDED_IT;
      }
      case COMMITTED, LEFT_ALONE -> {
        stage = Stage.LEFT_ALONE;
        yield Leave.GOES_ON;
      }
      case OVER -> Leave.IS_OVER;
    };
  }

  /** Breaks the connection whatever goes on. */
  synchronized void cut() {
    connection.ifPresent(SmtpConnection::close);
  }
}
