package org.jmapproxy.backend.imap.internal.store.mail;

import org.jmapproxy.core.id.Id;

/**
 * What a transaction needs to know of a stored Email.
 *
 * @param id the public id
 * @param thread the Thread's key
 * @param receivedAt in milliseconds
 * @param flags what clients see
 * @param published whether clients have ever been able to see it
 * @param createdSeq when it became visible; 0 if it is not
 */
record EmailRow(
    Id id, long thread, long receivedAt, FlagSet flags, boolean published, long createdSeq) {

  boolean isVisible() {
    return createdSeq > 0;
  }
}
