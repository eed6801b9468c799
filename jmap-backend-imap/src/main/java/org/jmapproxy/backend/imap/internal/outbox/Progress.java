package org.jmapproxy.backend.imap.internal.outbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.smtp.SmtpReply;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Notice;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Phase;
import org.jmapproxy.backend.imap.internal.store.OutboxRecipient;
import org.jmapproxy.mail.submission.DeliveryStatus.Delivered;
import org.jmapproxy.mail.submission.EnvelopeAddress;
import org.jmapproxy.mail.submission.UndoStatus;

/**
 * The steps that a submission makes. Functions of what was there and what was heard, without
 * effects.
 *
 * @param times how patient sending is
 * @param now the time of the step
 */
record Progress(SendingTimes times, Instant now) {

  static final String WAITING = "250 2.0.0 Waiting to be sent";
  static final String NO_ANSWER = "451 4.4.1 The mail server did not answer in time";
  static final String UNKNOWN_END =
      "451 4.4.2 The connection broke after the message was handed over: the mail server may or may"
          + " not have taken it, so it is not sent again";

  /** The recipients that still have to be sent to. */
  static List<EnvelopeAddress> waiting(OutboxEntry entry) {
    List<EnvelopeAddress> waiting = new ArrayList<>();
    for (int i = 0; i < entry.recipients().size(); i++) {
      if (entry.recipients().get(i).isWaiting()) {
        waiting.add(entry.order().envelope().rcptTo().get(i));
      }
    }
    return waiting;
  }

  /** The server has answered to the recipients that waited; nothing was handed over yet. */
  OutboxEntry heard(OutboxEntry entry, List<SmtpReply> replies) {
    List<OutboxRecipient> after = new ArrayList<>();
    int next = 0;
    for (OutboxRecipient recipient : entry.recipients()) {
      after.add(recipient.isWaiting() ? heard(recipient, replies.get(next++)) : recipient);
    }
    return entry.withRecipients(after);
  }

  private static OutboxRecipient heard(OutboxRecipient recipient, SmtpReply reply) {
    return reply.isPermanent()
        ? recipient.became(Delivered.NO, reply.oneLine())
        : recipient.inDialog(reply.isPositive(), reply.oneLine());
  }

  /** The message is about to be handed over. */
  OutboxEntry sending(OutboxEntry entry) {
    return entry.in(Phase.SENDING, now);
  }

  /** The final dot is about to leave. */
  OutboxEntry ending(OutboxEntry entry) {
    return entry.in(Phase.ENDING, now);
  }

  /** The server has taken the message. */
  OutboxEntry taken(OutboxEntry entry) {
    return rest(
        each(
                entry,
                OutboxRecipient::inDialog,
                one -> one.became(Delivered.UNKNOWN, one.status().smtpReply()))
            .with(UndoStatus.FINAL));
  }

  /** It is not known whether the server has taken the message. */
  OutboxEntry unanswered(OutboxEntry entry) {
    return rest(
        each(entry, OutboxRecipient::inDialog, one -> one.became(Delivered.UNKNOWN, UNKNOWN_END))
            .with(UndoStatus.FINAL));
  }

  /** The server will never take the message for those that it was told of. */
  OutboxEntry refused(OutboxEntry entry, String reply) {
    return rest(each(entry, OutboxRecipient::inDialog, one -> one.became(Delivered.NO, reply)));
  }

  /** The server will never take the message. */
  OutboxEntry refusedForAll(OutboxEntry entry, String reply) {
    return rest(each(entry, OutboxRecipient::isWaiting, one -> one.became(Delivered.NO, reply)));
  }

  /** The server does not take the message now; nobody has it. */
  OutboxEntry postponed(OutboxEntry entry, String reply) {
    OutboxEntry back = each(entry, OutboxRecipient::isWaiting, one -> one.inDialog(false, reply));
    return rest(back.afterAttempts(entry.attempts() + 1));
  }

  /** Whoever still waits was told to: by what each was told. */
  OutboxEntry postponed(OutboxEntry entry) {
    OutboxEntry back =
        each(
            entry,
            OutboxRecipient::isWaiting,
            one -> one.inDialog(false, one.status().smtpReply()));
    return rest(back.afterAttempts(entry.attempts() + 1));
  }

  /** The client takes it back. */
  OutboxEntry cancelled(OutboxEntry entry) {
    return each(
            entry,
            OutboxRecipient::isWaiting,
            one -> one.became(Delivered.NO, "550 2.0.0 Cancelled").reported())
        .with(UndoStatus.CANCELED)
        .in(Phase.DONE, now);
  }

  /** Whether the client can take it back. */
  static boolean mayBeCancelled(OutboxEntry entry) {
    return entry.phase() == Phase.QUEUED && entry.undoStatus() == UndoStatus.PENDING;
  }

  /**
   * What is found when the account is opened again, after a crash perhaps.
   *
   * @return empty when nobody may rely on it
   */
  Optional<OutboxEntry> found(OutboxEntry entry) {
    return switch (entry.phase()) {
      case QUEUED, DONE -> entry.acknowledged() ? Optional.of(entry) : Optional.empty();
      case SENDING -> entry.acknowledged() ? Optional.of(again(entry)) : Optional.empty();
      case ENDING -> Optional.of(unanswered(entry.asAcknowledged()));
    };
  }

  private OutboxEntry again(OutboxEntry entry) {
    return each(
            entry, OutboxRecipient::isWaiting, one -> one.inDialog(false, one.status().smtpReply()))
        .in(Phase.QUEUED, now);
  }

  private OutboxEntry rest(OutboxEntry entry) {
    OutboxEntry rested = entry;
    if (isTooOld(entry)) {
      rested =
          each(
              entry,
              OutboxRecipient::isWaiting,
              one -> one.became(Delivered.NO, one.status().smtpReply()));
    }
    rested = withNotice(rested);
    if (rested.recipients().stream().anyMatch(OutboxRecipient::isWaiting)) {
      return rested.in(Phase.QUEUED, times.next(now, Math.max(0, rested.attempts() - 1)));
    }
    return rested.with(UndoStatus.FINAL).in(Phase.DONE, now);
  }

  private boolean isTooOld(OutboxEntry entry) {
    return now.isAfter(entry.order().sendAt().plus(times.giveUpAfter()));
  }

  private static OutboxEntry withNotice(OutboxEntry entry) {
    boolean isDue =
        entry.notice() == Notice.NONE
            && entry.acknowledged()
            && !FailureNotice.recipients(entry).isEmpty();
    return isDue ? entry.with(Notice.DUE, entry.dsnBlobIds()) : entry;
  }

  private static OutboxEntry each(
      OutboxEntry entry, Predicate<OutboxRecipient> which, UnaryOperator<OutboxRecipient> change) {
    return entry.withRecipients(one -> which.test(one) ? change.apply(one) : one);
  }
}
