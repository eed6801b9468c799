package org.jmapproxy.backend.imap.internal.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Notice;
import org.jmapproxy.backend.imap.internal.store.OutboxRecipient;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailUpdate;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.mailbox.Mailbox;

/**
 * Puts notices of failure into the user's inbox: each once, also when the answer to the APPEND was
 * lost.
 *
 * @param accountId the account
 * @param address the user's address
 * @param mailboxes finds the inbox
 * @param emails reads Emails
 * @param writer appends to the inbox
 * @param replica knows what is in the inbox
 * @param round brings the replica up to date
 */
public record Postmaster(
    Id accountId,
    String address,
    ReadRole<Mailbox> mailboxes,
    ReadRole<Email> emails,
    WriteRole<Email, NewEmail, EmailUpdate> writer,
    ReplicaReader replica,
    Supplier<Future<Void>> round,
    Clock clock) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Delivers the notice of a submission.
   *
   * @throws BackendException when it cannot be delivered now
   */
  void deliver(Shelf shelf, OutboxEntry entry) {
    boolean mayBeThere = entry.notice() == Notice.APPENDING;
    shelf.change(entry.id(), now -> now.with(Notice.APPENDING, now.dsnBlobIds()));
    List<OutboxRecipient> reported = FailureNotice.recipients(entry);
    Email email =
        (mayBeThere ? find(entry) : Optional.<Email>empty()).orElseGet(() -> append(shelf, entry));
    shelf.change(
        entry.id(),
        now -> {
          List<Id> blobIds = new java.util.ArrayList<>(now.dsnBlobIds());
          if (!blobIds.contains(email.blobId())) {
            blobIds.add(email.blobId());
          }
          return now.withRecipients(one -> reported.contains(one) ? one.reported() : one)
              .with(Notice.NONE, blobIds);
        });
  }

  private Optional<Email> find(OutboxEntry entry) {
    synchronise();
    List<Id> found = replica.emailsWithMessageId(FailureNotice.messageId(entry, address));
    return emails.read(context(), ReadRequest.of(found, Set.of("blobId"))).stream().findFirst();
  }

  private void synchronise() {
    try {
      round.get().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new BackendException(Reason.UNAVAILABLE, "the inbox could not be looked at", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(Reason.UNAVAILABLE, "Interrupted", e);
    }
  }

  private Email append(Shelf shelf, OutboxEntry entry) {
    byte[] message =
        new FailureNotice(entry, address, header(shelf, entry), clock.instant()).message();
    NewEmail email =
        new NewEmail(
            new BytesBlob(message), Set.of(inbox()), Set.of(), Optional.of(clock.instant()));
    CreateOutcome<Email> outcome =
        writer.create(context(), Map.of("notice", email), Arguments.none()).get("notice");
    if (outcome instanceof CreateOutcome.Created<Email> created) {
      return created.object();
    }
    throw new BackendException(Reason.UNAVAILABLE, "the inbox did not take a notice: " + outcome);
  }

  private static byte[] header(Shelf shelf, OutboxEntry entry) {
    try (InputStream message = shelf.message(entry.id())) {
      return FailureNotice.header(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Id inbox() {
    return mailboxes.read(context(), ReadRequest.all(Set.of("role"))).stream()
        .filter(mailbox -> mailbox.role().equals(Optional.of("inbox")))
        .map(Mailbox::id)
        .findFirst()
        .orElseThrow(() -> new BackendException(Reason.UNAVAILABLE, "the inbox is not known yet"));
  }

  private CallContext context() {
    Instant deadline = clock.instant().plus(PATIENCE);
    return new CallContext(Principal.of("postmaster"), accountId, deadline);
  }
}
