package org.jmapproxy.backend.imap.internal.outbox;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Notice;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.header.MessageIdsForm;
import org.jmapproxy.mail.mdn.Mdn;
import org.jmapproxy.mail.mdn.MdnReader;
import org.jmapproxy.mail.report.DeliveryReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the reports that arrive, and notes what they say of submissions. An account that has sent
 * nothing reads none. What cannot be read now is read after a later round, also of a later life.
 * Thread-safe.
 */
public final class ReportDesk {

  private static final Logger LOG = LoggerFactory.getLogger(ReportDesk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NOTE = "reports.unread";
  private static final int MOST_WAITING = 500;
  private static final long LARGEST = 32L << 20;

  private final Id accountId;
  private final Shelf shelf;
  private final Notes notes;
  private final ReadRole<Email> emails;
  private final BlobRole blobs;
  private final Executor network;
  private final Clock clock;
  private final Set<Id> waiting = new LinkedHashSet<>();
  private final ReentrantLock reading = new ReentrantLock();

  ReportDesk(
      Id accountId,
      Shelf shelf,
      Notes notes,
      ReadRole<Email> emails,
      BlobRole blobs,
      Executor network,
      Clock clock) {
    this.accountId = accountId;
    this.shelf = shelf;
    this.notes = notes;
    this.emails = emails;
    this.blobs = blobs;
    this.network = network;
    this.clock = clock;
    for (String id : notes.find(NOTE).orElse("").split(" ", -1)) {
      if (Id.isValid(id)) {
        waiting.add(Id.of(id));
      }
    }
  }

  /** Emails that are reports have arrived. Returns at once. */
  public void arrived(Collection<Id> emailIds) {
    if (emailIds.isEmpty() || shelf.isEmpty()) {
      return;
    }
    synchronized (this) {
      emailIds.stream().limit(MOST_WAITING - waiting.size()).forEach(waiting::add);
      write();
    }
    readOn();
  }

  /** Reads what waits, if anything does. Returns at once. */
  public void readOn() {
    if (!next().isEmpty()) {
      try {
        network.execute(this::read);
      } catch (RejectedExecutionException e) {
        LOG.debug("No thread to read reports of account {}", accountId, e);
      }
    }
  }

  private synchronized List<Id> next() {
    return List.copyOf(waiting);
  }

  private synchronized void done(Id emailId) {
    if (waiting.remove(emailId)) {
      write();
    }
  }

  private void write() {
    if (waiting.isEmpty()) {
      notes.remove(NOTE);
    } else {
      notes.put(NOTE, String.join(" ", waiting.stream().map(Id::value).toList()));
    }
  }

  private void read() {
    reading.lock();
    try {
      for (Id emailId : next()) {
        if (read(emailId)) {
          done(emailId);
        }
      }
    } catch (BackendException | UncheckedIOException e) {
      LOG.info("Account {}: a report has to wait: {}", accountId, e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("A report of account {} could not be read", accountId, e);
    } finally {
      reading.unlock();
    }
  }

  /** False if it has to wait. */
  private boolean read(Id emailId) {
    CallContext context =
        new CallContext(Principal.of("postmaster"), accountId, clock.instant().plus(PATIENCE));
    Optional<Email> email =
        emails.read(context, ReadRequest.of(List.of(emailId), Set.of("blobId", "size"))).stream()
            .findFirst()
            .filter(found -> found.size() <= LARGEST);
    Optional<Blob> message = email.flatMap(found -> blobs.find(context, found.blobId()));
    return message.isEmpty() || read(message.get(), email.orElseThrow().blobId());
  }

  private boolean read(Blob message, Id blobId) {
    Optional<DeliveryReport> delivery = DeliveryReport.read(message);
    if (delivery.isPresent()) {
      DeliveryReport report = delivery.get();
      return note(
          submission(report.envelopeId(), report.originalMessageId()),
          entry -> Feedback.delivered(entry, report, blobId));
    }
    Optional<Mdn> mdn = MdnReader.read(message);
    if (mdn.isPresent()) {
      Optional<String> original =
          mdn.get()
              .originalMessageId()
              .flatMap(MessageIdsForm::of)
              .flatMap(ids -> ids.stream().findFirst());
      return note(
          submission(Optional.empty(), original),
          entry -> Feedback.disposed(entry, mdn.get(), blobId));
    }
    return true;
  }

  /** A notice of ours that is being written comes first: it is known by how many came before. */
  private boolean note(Optional<OutboxEntry> submission, UnaryOperator<OutboxEntry> change) {
    return submission
        .flatMap(
            entry ->
                shelf.change(
                    entry.id(), now -> now.notice() == Notice.NONE ? change.apply(now) : now))
        .filter(now -> now.notice() != Notice.NONE)
        .isEmpty();
  }

  /** The submission that a report is about: by the name of its envelope, else of its message. */
  private Optional<OutboxEntry> submission(
      Optional<String> envelopeId, Optional<String> messageId) {
    return envelopeId
        .flatMap(shelf::withEnvelopeId)
        .or(() -> messageId.flatMap(shelf::withMessageId));
  }
}
