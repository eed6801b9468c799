package org.jmapproxy.backend.imap.internal.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxRecipient;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.mdn.Mdn;
import org.jmapproxy.mail.report.DeliveryReport;
import org.jmapproxy.mail.report.DeliveryReport.RecipientStatus;
import org.jmapproxy.mail.report.TypedAddress;
import org.jmapproxy.mail.submission.DeliveryStatus;
import org.jmapproxy.mail.submission.DeliveryStatus.Delivered;
import org.jmapproxy.mail.submission.UndoStatus;

/**
 * What the reports of others change of a submission (RFC 8621 section 7): functions without
 * effects. Only what is unknown can become known; a report alone decides nothing against what a
 * server has told us.
 */
final class Feedback {

  /** Nobody reads more, and reports can be forged. */
  private static final int MOST_BLOBS = 200;

  private Feedback() {}

  /** A delivery status notification has come. */
  static OutboxEntry delivered(OutboxEntry entry, DeliveryReport report, Id blobId) {
    if (!isOver(entry)) {
      return entry;
    }
    OutboxEntry told = entry.withDsnBlobIds(with(entry.dsnBlobIds(), blobId));
    for (RecipientStatus status : report.recipients()) {
      told =
          change(
              told,
              status.addresses(),
              report.recipients().size() == 1,
              recipient -> told(recipient, status));
    }
    return told;
  }

  /** A message disposition notification has come. */
  static OutboxEntry disposed(OutboxEntry entry, Mdn mdn, Id blobId) {
    if (!isOver(entry)) {
      return entry;
    }
    OutboxEntry told = entry.withMdnBlobIds(with(entry.mdnBlobIds(), blobId));
    List<String> addresses = new ArrayList<>();
    for (Optional<String> one : List.of(mdn.originalRecipient(), mdn.finalRecipient())) {
      one.flatMap(TypedAddress::parse).flatMap(TypedAddress::email).ifPresent(addresses::add);
    }
    return mdn.disposition().type().equals("displayed")
        ? change(told, addresses, true, Feedback::displayed)
        : told;
  }

  private static boolean isOver(OutboxEntry entry) {
    return entry.isVisible() && entry.undoStatus() == UndoStatus.FINAL;
  }

  private static List<Id> with(List<Id> blobIds, Id blobId) {
    if (blobIds.contains(blobId) || blobIds.size() >= MOST_BLOBS) {
      return blobIds;
    }
    List<Id> more = new ArrayList<>(blobIds);
    more.add(blobId);
    return more;
  }

  /** Mail that was forwarded comes back under another name; a single recipient is meant anyway. */
  private static OutboxEntry change(
      OutboxEntry entry,
      List<String> addresses,
      boolean isAboutOne,
      UnaryOperator<OutboxRecipient> change) {
    List<String> keys = addresses.stream().map(Feedback::key).toList();
    boolean isKnown = entry.recipients().stream().anyMatch(one -> keys.contains(key(one.email())));
    boolean isTheOnlyOne = !isKnown && isAboutOne && entry.recipients().size() == 1;
    return entry.withRecipients(
        one -> isTheOnlyOne || keys.contains(key(one.email())) ? change.apply(one) : one);
  }

  private static String key(String email) {
    return AddrSpec.key(email).toLowerCase(java.util.Locale.ROOT);
  }

  private static OutboxRecipient told(OutboxRecipient recipient, RecipientStatus status) {
    DeliveryStatus known = recipient.status();
    if (known.delivered() != Delivered.UNKNOWN) {
      return recipient;
    }
    Delivered now =
        status.isDelivered() ? Delivered.YES : status.isFailed() ? Delivered.NO : Delivered.UNKNOWN;
    return new OutboxRecipient(
        recipient.email(),
        new DeliveryStatus(status.smtpReply(), now, known.displayed()),
        recipient.inDialog(),
        recipient.isReported() || now == Delivered.NO);
  }

  private static OutboxRecipient displayed(OutboxRecipient recipient) {
    DeliveryStatus known = recipient.status();
    boolean isPossible =
        known.delivered() == Delivered.UNKNOWN || known.delivered() == Delivered.YES;
    return isPossible
        ? new OutboxRecipient(
            recipient.email(),
            new DeliveryStatus(known.smtpReply(), known.delivered(), true),
            recipient.inDialog(),
            recipient.isReported())
        : recipient;
  }
}
