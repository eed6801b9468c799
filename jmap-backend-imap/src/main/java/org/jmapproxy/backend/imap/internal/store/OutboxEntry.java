package org.jmapproxy.backend.imap.internal.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.submission.DeliveryStatus;
import org.jmapproxy.mail.submission.EmailSubmission;
import org.jmapproxy.mail.submission.UndoStatus;

/**
 * A submission as it stands on the disk. Immutable; changes make copies.
 *
 * @param order what the client asked for
 * @param undoStatus what the client is shown
 * @param phase how far it is
 * @param acknowledged whether a client may rely on it
 * @param forgotten whether the client has destroyed the record
 * @param attempts how often a server was asked in vain
 * @param nextAttempt when to ask next, if there is something left to do
 * @param recipients all recipients
 * @param notice what the user is to be told by mail
 * @param dsnBlobIds delivery status notifications, ours and those of others
 * @param mdnBlobIds disposition notifications
 */
public record OutboxEntry(
    OutboxOrder order,
    UndoStatus undoStatus,
    Phase phase,
    boolean acknowledged,
    boolean forgotten,
    int attempts,
    Instant nextAttempt,
    List<OutboxRecipient> recipients,
    Notice notice,
    List<Id> dsnBlobIds,
    List<Id> mdnBlobIds) {

  /** How far a submission is. */
  public enum Phase {
    /** Waits for its time or its next attempt. */
    QUEUED,
    /** The message is being handed over; without the final dot nobody delivers it. */
    SENDING,
    /** The final dot may have left, and it is not known whether the message was taken. */
    ENDING,
    /** Nothing more is sent. */
    DONE
  }

  /** How far a message to the user is. */
  public enum Notice {
    /** There is none. */
    NONE,
    /** It is to be written. */
    DUE,
    /** It may have been appended. */
    APPENDING
  }

  /** Copies the lists. */
  public OutboxEntry {
    recipients = List.copyOf(recipients);
    dsnBlobIds = List.copyOf(dsnBlobIds);
    mdnBlobIds = List.copyOf(mdnBlobIds);
  }

  /** A submission that waits for its time. */
  public static OutboxEntry queued(OutboxOrder order, List<OutboxRecipient> recipients) {
    return new OutboxEntry(
        order,
        UndoStatus.PENDING,
        Phase.QUEUED,
        false,
        false,
        0,
        order.sendAt(),
        recipients,
        Notice.NONE,
        List.of(),
        List.of());
  }

  /** The EmailSubmission. */
  public Id id() {
    return order.id();
  }

  /** Whether clients see it. */
  public boolean isVisible() {
    return acknowledged && !forgotten;
  }

  /** Whether there is something left to do. */
  public boolean isOpen() {
    return phase != Phase.DONE || notice != Notice.NONE;
  }

  /** What clients see. */
  public EmailSubmission toSubmission() {
    Map<String, DeliveryStatus> statuses = new LinkedHashMap<>();
    recipients.forEach(recipient -> statuses.put(recipient.email(), recipient.status()));
    return new EmailSubmission(
        order.id(),
        order.identityId(),
        order.emailId(),
        order.threadId(),
        order.envelope(),
        order.sendAt(),
        undoStatus,
        statuses,
        dsnBlobIds,
        mdnBlobIds);
  }

  /** In another phase, to be looked at next at a certain time. */
  public OutboxEntry in(Phase newPhase, Instant next) {
    return new OutboxEntry(
        order,
        undoStatus,
        newPhase,
        acknowledged,
        forgotten,
        attempts,
        next,
        recipients,
        notice,
        dsnBlobIds,
        mdnBlobIds);
  }

  /** With another undo status. */
  public OutboxEntry with(UndoStatus newStatus) {
    return new OutboxEntry(
        order,
        newStatus,
        phase,
        acknowledged,
        forgotten,
        attempts,
        nextAttempt,
        recipients,
        notice,
        dsnBlobIds,
        mdnBlobIds);
  }

  /** With each recipient changed. */
  public OutboxEntry withRecipients(UnaryOperator<OutboxRecipient> change) {
    return withRecipients(recipients.stream().map(change).toList());
  }

  /** With other recipients. */
  public OutboxEntry withRecipients(List<OutboxRecipient> others) {
    return new OutboxEntry(
        order,
        undoStatus,
        phase,
        acknowledged,
        forgotten,
        attempts,
        nextAttempt,
        others,
        notice,
        dsnBlobIds,
        mdnBlobIds);
  }

  /** After so many attempts. */
  public OutboxEntry afterAttempts(int count) {
    return new OutboxEntry(
        order,
        undoStatus,
        phase,
        acknowledged,
        forgotten,
        count,
        nextAttempt,
        recipients,
        notice,
        dsnBlobIds,
        mdnBlobIds);
  }

  /** With another message to the user. */
  public OutboxEntry with(Notice newNotice, List<Id> blobIds) {
    return new OutboxEntry(
        order,
        undoStatus,
        phase,
        acknowledged,
        forgotten,
        attempts,
        nextAttempt,
        recipients,
        newNotice,
        blobIds,
        mdnBlobIds);
  }

  /** With other delivery status notifications. */
  public OutboxEntry withDsnBlobIds(List<Id> blobIds) {
    return with(notice, blobIds);
  }

  /** With other disposition notifications. */
  public OutboxEntry withMdnBlobIds(List<Id> blobIds) {
    return new OutboxEntry(
        order,
        undoStatus,
        phase,
        acknowledged,
        forgotten,
        attempts,
        nextAttempt,
        recipients,
        notice,
        dsnBlobIds,
        blobIds);
  }

  /** Told to the client. */
  public OutboxEntry asAcknowledged() {
    return new OutboxEntry(
        order,
        undoStatus,
        phase,
        true,
        forgotten,
        attempts,
        nextAttempt,
        recipients,
        notice,
        dsnBlobIds,
        mdnBlobIds);
  }

  /** Destroyed by the client. */
  public OutboxEntry asForgotten() {
    return new OutboxEntry(
        order,
        undoStatus,
        phase,
        acknowledged,
        true,
        attempts,
        nextAttempt,
        recipients,
        notice,
        dsnBlobIds,
        mdnBlobIds);
  }
}
