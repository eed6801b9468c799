package org.jmapproxy.backend.imap.internal.outbox;

import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.core.error.SetError;

/** What came of an attempt to send. */
sealed interface AttemptResult {

  /**
   * The server refuses for good, and nobody was promised anything: nothing is on the disk.
   *
   * @param error for the client
   */
  record Refused(SetError error) implements AttemptResult {}

  /**
   * The server does not take the message now.
   *
   * @param reply why, as an SMTP reply
   */
  record NotNow(String reply) implements AttemptResult {}

  /**
   * What became of it is on the disk.
   *
   * @param entry as it is now
   */
  record Settled(OutboxEntry entry) implements AttemptResult {}
}
