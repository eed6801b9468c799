package org.jmapproxy.backend.imap.internal.protocol;

import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;

/**
 * Hears what the server tells unasked. Called on the thread that reads the connection, in the
 * middle of a command: an implementation only takes note and never sends a command itself.
 */
public interface MailboxListener {

  /** Hears nothing. */
  MailboxListener NONE = new MailboxListener() {};

  /** The selected mailbox now has that many messages. */
  default void exists(long messages) {}

  /** The message at that position is gone; those behind move up. */
  default void expunged(long sequenceNumber) {}

  /**
   * Messages are gone (QRESYNC).
   *
   * @param earlier whether this answers a question about the past (no positions move)
   */
  default void vanished(UidSet uids, boolean earlier) {}

  /** Flags or other items changed; the UID may be missing (0). */
  default void changed(FetchedMessage message) {}

  /** STATUS of some mailbox (NOTIFY, LIST-STATUS). */
  default void status(MailboxStatus status) {}

  /** A mailbox came, went, or got another name or subscription (NOTIFY). */
  default void listed() {}

  /** An untagged OK, NO or BAD with a response code, e.g. HIGHESTMODSEQ or ALERT. */
  default void code(ResponseCode code, String text) {}
}
