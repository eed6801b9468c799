package org.jmapproxy.backend.imap.internal.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Notice;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Phase;
import org.jmapproxy.backend.imap.internal.store.OutboxOrder;
import org.jmapproxy.backend.imap.internal.store.OutboxRecipient;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.submission.EmailSubmission;
import org.jmapproxy.mail.submission.NewSubmission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what clients submit: at once if the server takes it, later if it cannot. Thread-safe. */
public final class Outbox implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
  private static final Duration DONE_KEPT = Duration.ofDays(30);
  private static final Duration NOTICE_RETRY = Duration.ofMinutes(5);
  private static final Duration LAST_WAIT = Duration.ofSeconds(10);

  private final Id accountId;
  private final Shelf shelf;
  private final SubmissionServer server;
  private final LearnedTerms terms;
  private final SendingTimes times;
  private final SendingNow sending;
  private final Postmaster postmaster;
  private final Executor network;
  private final Clock clock;
  private final UnderWay underWay = new UnderWay();
  private final ReentrantLock round = new ReentrantLock();
  private volatile Schedule schedule = (time, isOpen) -> {};
  private volatile boolean closed;

  /** Is told when there is something to do next. */
  @FunctionalInterface
  interface Schedule {

    /**
     * Sets the time.
     *
     * @param time empty: there is nothing to do
     * @param isOpen whether the outbox is open and can do it
     */
    void next(Optional<Instant> time, boolean isOpen);
  }

  /**
   * Sends nothing before {@link #begin}.
   *
   * @param network runs what waits for servers
   */
  Outbox(
      Id accountId,
      Shelf shelf,
      SubmissionServer server,
      LearnedTerms terms,
      SendingTimes times,
      Postmaster postmaster,
      Executor network,
      Clock clock) {
    this.accountId = accountId;
    this.shelf = shelf;
    this.server = server;
    this.terms = terms;
    this.times = times;
    this.postmaster = postmaster;
    this.network = network;
    this.clock = clock;
    this.sending =
        new SendingNow(shelf, times, clock, network, underWay, this::attempt, this::plan);
  }

  /** Puts in order what an earlier life left, and goes on with it. */
  void begin(Schedule newSchedule) {
    schedule = newSchedule;
    shelf.tidy(step(), clock.instant().minus(DONE_KEPT));
    plan();
    if (!terms.isKnown()) {
      inBackground(this::getAcquainted);
    }
  }

  /**
   * Takes a message for sending.
   *
   * @param atOnce whether to ask the server now; otherwise it is asked later
   * @param deadline until when the client waits
   */
  CreateOutcome<EmailSubmission> submit(
      NewSubmission submission, boolean atOnce, Instant deadline) {
    Id id = shelf.newId();
    boolean isKept = false;
    try {
      OutboxEntry entry = entry(id, submission);
      AttemptResult result =
          submission.releaseAt().isPresent()
              ? accepted(entry)
              : atOnce ? sendNow(entry, deadline) : accepted(later(entry, Progress.WAITING));
      isKept = !(result instanceof AttemptResult.Refused);
      return outcome(result, submission);
    } finally {
      if (!isKept && shelf.find(id).isEmpty()) {
        shelf.drop(id);
      }
    }
  }

  private OutboxEntry entry(Id id, NewSubmission submission) {
    Instant now = clock.instant();
    MessageTraits message = stored(id, submission);
    OutboxOrder order =
        new OutboxOrder(
            id,
            submission.identityId(),
            submission.emailId(),
            submission.threadId(),
            submission.envelope(),
            now,
            submission.releaseAt().orElse(now),
            message,
            shelf.messageId(id));
    List<OutboxRecipient> recipients =
        submission.envelope().rcptTo().stream()
            .map(one -> OutboxRecipient.waiting(one.email(), Progress.WAITING))
            .toList();
    OutboxEntry entry = OutboxEntry.queued(order, recipients);
    return submission.leavesRecord() ? entry : entry.asForgotten();
  }

  private MessageTraits stored(Id id, NewSubmission submission) {
    try (InputStream message = submission.message().open()) {
      return shelf.put(id, message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CreateOutcome<EmailSubmission> outcome(
      AttemptResult result, NewSubmission submission) {
    if (result instanceof AttemptResult.Settled settled) {
      return new CreateOutcome.Created<>(
          settled.entry().toSubmission(),
          submission.envelopeWasNull() ? Set.of("envelope") : Set.of());
    }
    return new CreateOutcome.NotCreated<>(
        result instanceof AttemptResult.Refused refused
            ? refused.error()
            : SetError.serverFail("the message was neither taken nor refused"));
  }

  /** Writes down a message that is to be sent later; from now on it is. */
  private AttemptResult accepted(OutboxEntry entry) {
    OutboxEntry accepted = entry.asAcknowledged();
    shelf.add(accepted);
    plan();
    return new AttemptResult.Settled(accepted);
  }

  private OutboxEntry later(OutboxEntry entry, String reply) {
    return step().postponed(entry, reply);
  }

  private AttemptResult sendNow(OutboxEntry entry, Instant deadline) {
    AttemptResult result = sending.send(entry, deadline);
    return result instanceof AttemptResult.NotNow notNow
        ? accepted(later(entry, notNow.reply()))
        : result;
  }

  /**
   * Takes a message back.
   *
   * @return why not, if not
   */
  Optional<SetError> cancel(Id id) {
    boolean[] done = {false};
    Optional<OutboxEntry> entry =
        shelf.change(
            id,
            now -> {
              done[0] = Progress.mayBeCancelled(now);
              return done[0] ? step().cancelled(now) : now;
            });
    if (entry.isEmpty()) {
      return Optional.of(SetError.notFound());
    }
    plan();
    return done[0]
        ? Optional.empty()
        : Optional.of(SetError.of("cannotUnsend", "the message is on its way"));
  }

  /** Forgets a record; the message is sent all the same. */
  boolean forget(Id id) {
    if (shelf.find(id).filter(OutboxEntry::isVisible).isEmpty()) {
      return false;
    }
    shelf.change(id, OutboxEntry::asForgotten);
    return true;
  }

  /** Does what has become due; returns when that is done. One round at a time. */
  public void runDue() {
    if (closed || !round.tryLock()) {
      return;
    }
    try {
      for (OutboxEntry entry : shelf.open()) {
        if (!closed && isDue(entry) && !runDue(entry)) {
          return;
        }
      }
    } finally {
      round.unlock();
      plan();
    }
  }

  private boolean isDue(OutboxEntry entry) {
    return waits(entry) && !entry.nextAttempt().isAfter(clock.instant());
  }

  /** False when the server cannot be asked now, so that there is no use in going on. */
  private boolean runDue(OutboxEntry entry) {
    boolean isReachable =
        entry.phase() != Phase.QUEUED || !(attempt(entry) instanceof AttemptResult.NotNow);
    shelf.find(entry.id()).filter(now -> now.notice() != Notice.NONE).ifPresent(this::notifyUser);
    return isReachable;
  }

  private AttemptResult attempt(OutboxEntry entry) {
    Claim claim = new Claim();
    underWay.add(claim);
    try {
      return attempt(claim).run(entry, result -> {});
    } finally {
      underWay.remove(claim);
    }
  }

  private void notifyUser(OutboxEntry entry) {
    try {
      postmaster.deliver(shelf, entry);
    } catch (BackendException e) {
      LOG.info("Account {}: a notice has to wait: {}", accountId, e.getMessage());
      Instant later = clock.instant().plus(NOTICE_RETRY);
      shelf.change(entry.id(), now -> now.phase() == Phase.DONE ? now.in(Phase.DONE, later) : now);
    }
  }

  /** Tells when to come back. */
  private void plan() {
    schedule.next(nextDue(), !closed);
  }

  private Optional<Instant> nextDue() {
    return shelf.open().stream()
        .filter(Outbox::waits)
        .map(OutboxEntry::nextAttempt)
        .min(Instant::compareTo);
  }

  /** Whether there is something to do, and nobody is at it. */
  private static boolean waits(OutboxEntry entry) {
    return entry.acknowledged()
        && entry.isOpen()
        && (entry.phase() == Phase.QUEUED || entry.phase() == Phase.DONE);
  }

  /** Learns what the server offers before anything is to be sent. */
  private void getAcquainted() {
    Claim claim = new Claim();
    underWay.add(claim);
    try (var smtp = server.connect()) {
      claim.uses(smtp);
      server.begin(smtp);
      terms.learn(smtp.extensions());
      smtp.quit();
    } catch (RuntimeException e) {
      LOG.info("Account {}: the submission server: {}", accountId, e.getMessage());
    } finally {
      underWay.remove(claim);
    }
  }

  private void inBackground(Runnable work) {
    try {
      network.execute(work);
    } catch (RejectedExecutionException e) {
      LOG.debug("No thread for account {}", accountId, e);
    }
  }

  private Attempt attempt(Claim claim) {
    return new Attempt(shelf, server, terms, times, clock, claim);
  }

  private Progress step() {
    return new Progress(times, clock.instant());
  }

  /** Reads reports about what was sent. */
  public ReportDesk reportDesk(Notes notes, ReadRole<Email> emails, BlobRole blobs) {
    return new ReportDesk(accountId, shelf, notes, emails, blobs, network, clock);
  }

  LearnedTerms terms() {
    return terms;
  }

  /** A record that clients see. */
  Optional<EmailSubmission> find(Id id) {
    return shelf.find(id).filter(OutboxEntry::isVisible).map(OutboxEntry::toSubmission);
  }

  /** Begins nothing more, and waits a while for what is under way. */
  @Override
  public void close() {
    closed = true;
    underWay.end(LAST_WAIT);
    plan();
  }
}
