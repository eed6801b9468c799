package org.jmapproxy.mail.submission;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.id.Id;

/**
 * The sending of an Email (RFC 8621 section 7).
 *
 * @param id never used again after the record is gone
 * @param identityId the Identity that it is sent as; may be gone
 * @param emailId the Email; may be gone
 * @param threadId the Thread of the Email
 * @param envelope what SMTP is told
 * @param sendAt when the message is released
 * @param undoStatus whether it may be cancelled
 * @param deliveryStatus by the email of each recipient; empty when nothing is known
 * @param dsnBlobIds delivery status notifications, oldest first
 * @param mdnBlobIds disposition notifications, oldest first
 */
public record EmailSubmission(
    Id id,
    Id identityId,
    Id emailId,
    Id threadId,
    Envelope envelope,
    Instant sendAt,
    UndoStatus undoStatus,
    Map<String, DeliveryStatus> deliveryStatus,
    List<Id> dsnBlobIds,
    List<Id> mdnBlobIds) {

  /** Copies the collections. */
  public EmailSubmission {
    deliveryStatus = Collections.unmodifiableMap(new LinkedHashMap<>(deliveryStatus));
    dsnBlobIds = List.copyOf(dsnBlobIds);
    mdnBlobIds = List.copyOf(mdnBlobIds);
  }
}
