package org.jmapproxy.mail.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.submission.DeliveryStatus;
import org.jmapproxy.mail.submission.DeliveryStatus.Delivered;
import org.jmapproxy.mail.submission.EmailSubmission;
import org.jmapproxy.mail.submission.EmailSubmissionType;
import org.jmapproxy.mail.submission.EnvelopeAddress;
import org.jmapproxy.mail.submission.NewSubmission;
import org.jmapproxy.mail.submission.SubmissionErrors;
import org.jmapproxy.mail.submission.SubmissionTerms;
import org.jmapproxy.mail.submission.SubmissionUpdate;
import org.jmapproxy.mail.submission.UndoStatus;

/**
 * Sends into a list. Recipients in the domain {@code refused.example} are refused; a held message
 * leaves when somebody looks after its time. Thread-safe.
 */
final class MemorySubmissions
    implements ReadRole<EmailSubmission>,
        WriteRole<EmailSubmission, NewSubmission, SubmissionUpdate> {

  private static final SubmissionTerms TERMS =
      new SubmissionTerms() {
        @Override
        public Duration maxDelayedSend() {
          return Duration.ofDays(30);
        }

        @Override
        public Map<String, List<String>> extensions() {
          return Map.of("DSN", List.of(), "SIZE", List.of("1000000"));
        }

        @Override
        public OptionalLong maxSize() {
          return OptionalLong.of(1_000_000);
        }

        @Override
        public int maxRecipients() {
          return 500;
        }
      };

  private final Clock clock = Clock.systemUTC();
  private final Map<Id, EmailSubmission> submissions = new LinkedHashMap<>();
  private final Map<Id, SentMessage> held = new LinkedHashMap<>();
  private final List<SentMessage> sent = new ArrayList<>();
  private final ChangeLog log = new ChangeLog();
  private int lastNumber;

  void addTo(Roles.Builder roles) {
    roles
        .with(EmailSubmissionType.TYPE.readRole(), this)
        .with(EmailSubmissionType.TYPE.changesRole(), log)
        .with(EmailSubmissionType.TYPE.writeRole(), this)
        .with(SubmissionTerms.ROLE, TERMS);
  }

  synchronized List<SentMessage> sent() {
    release();
    return List.copyOf(sent);
  }

  private void release() {
    Instant now = clock.instant();
    for (EmailSubmission one : List.copyOf(submissions.values())) {
      if (one.undoStatus() == UndoStatus.PENDING && !one.sendAt().isAfter(now)) {
        leave(one.id());
        replace(with(one, UndoStatus.FINAL, Delivered.UNKNOWN, "250 2.0.0 Taken"));
      }
    }
  }

  private void leave(Id id) {
    Optional.ofNullable(held.remove(id)).ifPresent(sent::add);
  }

  private void replace(EmailSubmission submission) {
    submissions.put(submission.id(), submission);
    log.updated(submission.id());
  }

  @Override
  public synchronized List<EmailSubmission> read(CallContext context, ReadRequest request) {
    release();
    return submissions.values().stream()
        .filter(one -> request.ids().map(ids -> ids.contains(one.id())).orElse(true))
        .toList();
  }

  @Override
  public synchronized Map<String, CreateOutcome<EmailSubmission>> create(
      CallContext context, Map<String, NewSubmission> creations, Arguments arguments) {
    Map<String, CreateOutcome<EmailSubmission>> outcomes = new LinkedHashMap<>();
    creations.forEach((key, creation) -> outcomes.put(key, create(creation)));
    return outcomes;
  }

  private CreateOutcome<EmailSubmission> create(NewSubmission creation) {
    List<String> refused =
        emails(creation).stream().filter(email -> email.endsWith("@refused.example")).toList();
    if (!refused.isEmpty()) {
      return new CreateOutcome.NotCreated<>(
          SubmissionErrors.invalidRecipients(refused, "550 5.1.1 Nobody"));
    }
    lastNumber++;
    Id id = Id.of("S" + lastNumber);
    held.put(
        id,
        new SentMessage(creation.envelope().mailFrom().email(), emails(creation), text(creation)));
    boolean isHeld = creation.releaseAt().isPresent();
    EmailSubmission submission = submission(id, creation, isHeld);
    if (!isHeld) {
      leave(id);
    }
    if (creation.leavesRecord()) {
      submissions.put(id, submission);
      log.created(id);
    }
    return new CreateOutcome.Created<>(
        submission, creation.envelopeWasNull() ? Set.of("envelope") : Set.of());
  }

  private EmailSubmission submission(Id id, NewSubmission creation, boolean isHeld) {
    Map<String, DeliveryStatus> statuses = new LinkedHashMap<>();
    emails(creation)
        .forEach(
            email ->
                statuses.put(
                    email,
                    isHeld
                        ? new DeliveryStatus("250 2.0.0 Held", Delivered.QUEUED)
                        : new DeliveryStatus("250 2.0.0 Taken", Delivered.UNKNOWN)));
    return new EmailSubmission(
        id,
        creation.identityId(),
        creation.emailId(),
        creation.threadId(),
        creation.envelope(),
        creation.releaseAt().orElseGet(clock::instant),
        isHeld ? UndoStatus.PENDING : UndoStatus.FINAL,
        statuses,
        List.of(),
        List.of());
  }

  private static List<String> emails(NewSubmission creation) {
    return creation.envelope().rcptTo().stream().map(EnvelopeAddress::email).toList();
  }

  private static String text(NewSubmission creation) {
    try (InputStream message = creation.message().open()) {
      return new String(message.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmailSubmission with(
      EmailSubmission one, UndoStatus undoStatus, Delivered delivered, String reply) {
    Map<String, DeliveryStatus> statuses = new LinkedHashMap<>();
    one.deliveryStatus()
        .keySet()
        .forEach(email -> statuses.put(email, new DeliveryStatus(reply, delivered)));
    return new EmailSubmission(
        one.id(),
        one.identityId(),
        one.emailId(),
        one.threadId(),
        one.envelope(),
        one.sendAt(),
        undoStatus,
        statuses,
        one.dsnBlobIds(),
        one.mdnBlobIds());
  }

  @Override
  public synchronized Map<Id, UpdateOutcome<EmailSubmission>> update(
      CallContext context, Map<Id, SubmissionUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<EmailSubmission>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, update(id, update.cancels())));
    return outcomes;
  }

  private UpdateOutcome<EmailSubmission> update(Id id, boolean cancels) {
    release();
    EmailSubmission before = submissions.get(id);
    if (before == null) {
      return new UpdateOutcome.NotUpdated<>(SetError.notFound());
    }
    if (!cancels) {
      return UpdateOutcome.updated();
    }
    Predicate<EmailSubmission> isPending = one -> one.undoStatus() == UndoStatus.PENDING;
    if (!isPending.test(before)) {
      return new UpdateOutcome.NotUpdated<>(SetError.of("cannotUnsend", "it was sent"));
    }
    held.remove(id);
    replace(with(before, UndoStatus.CANCELED, Delivered.NO, "550 2.0.0 Cancelled"));
    return new UpdateOutcome.Updated<>(
        Optional.ofNullable(submissions.get(id)), Set.of("deliveryStatus"));
  }

  @Override
  public synchronized Map<Id, DestroyOutcome> destroy(
      CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    for (Id id : ids) {
      boolean wasThere = submissions.remove(id) != null;
      if (wasThere) {
        log.destroyed(id);
      }
      outcomes.put(
          id,
          wasThere
              ? new DestroyOutcome.Destroyed()
              : new DestroyOutcome.NotDestroyed(SetError.notFound()));
    }
    return outcomes;
  }
}
