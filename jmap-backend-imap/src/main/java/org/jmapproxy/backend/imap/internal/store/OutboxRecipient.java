package org.jmapproxy.backend.imap.internal.store;

import org.jmapproxy.mail.submission.DeliveryStatus;
import org.jmapproxy.mail.submission.DeliveryStatus.Delivered;

/**
 * One recipient of a submission.
 *
 * @param email the address
 * @param status what the client is shown
 * @param inDialog whether the server has taken this recipient of the message that is being sent
 * @param isReported whether the user was told that it failed
 */
public record OutboxRecipient(
    String email, DeliveryStatus status, boolean inDialog, boolean isReported) {

  /** A recipient that waits. */
  public static OutboxRecipient waiting(String email, String reply) {
    return new OutboxRecipient(email, new DeliveryStatus(reply, Delivered.QUEUED), false, false);
  }

  /** Whether the message still has to be sent to this one. */
  public boolean isWaiting() {
    return status.delivered() == Delivered.QUEUED;
  }

  /** Whether the user is still to be told that it failed. */
  public boolean isToBeReported() {
    return status.delivered() == Delivered.NO && !isReported;
  }

  /** With another status, out of the dialog. */
  public OutboxRecipient became(Delivered delivered, String reply) {
    return new OutboxRecipient(email, new DeliveryStatus(reply, delivered), false, isReported);
  }

  /** Taken by the server, or out of the dialog again. */
  public OutboxRecipient inDialog(boolean now, String reply) {
    return new OutboxRecipient(
        email, new DeliveryStatus(reply, status.delivered()), now, isReported);
  }

  /** The user was told. */
  public OutboxRecipient reported() {
    return new OutboxRecipient(email, status, inDialog, true);
  }
}
