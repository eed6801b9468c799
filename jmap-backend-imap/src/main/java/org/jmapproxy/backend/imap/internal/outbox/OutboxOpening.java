package org.jmapproxy.backend.imap.internal.outbox;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.sync.Publisher;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.submission.EmailSubmissionType;
import org.jmapproxy.mail.submission.SubmissionTerms;

/**
 * Puts the outbox of an account together.
 *
 * @param network runs what waits for servers
 * @param timers wakes outboxes
 * @param due learns when accounts have something to send
 * @param times how patient sending is
 */
public record OutboxOpening(
    Executor network,
    ScheduledExecutorService timers,
    DueAccounts due,
    SendingTimes times,
    Clock clock) {

  /**
   * Opens the outbox of an account, which goes on where it was.
   *
   * @param messages where the messages are kept
   */
  public Outbox open(
      AccountStore store,
      Path messages,
      Publisher publisher,
      SubmissionServer server,
      Postmaster postmaster) {
    Id accountId = store.accountId();
    Outbox outbox =
        new Outbox(
            accountId,
            new Shelf(store.outbox(), new MessageFiles(messages), publisher),
            server,
            new LearnedTerms(store.notes(), times.maxDelay()),
            times,
            postmaster,
            network,
            clock);
    DueTimer timer = new DueTimer(timers, network, clock, outbox::runDue);
    outbox.begin(
        (time, isOpen) -> {
          due.set(accountId, time);
          timer.set(isOpen ? time : Optional.empty());
        });
    return outbox;
  }

  /** Adds the roles of EmailSubmission. */
  public static void addRolesTo(Roles.Builder roles, AccountStore store, Outbox outbox) {
    roles
        .with(EmailSubmissionType.TYPE.readRole(), new StoredSubmissions(store.outbox()))
        .with(EmailSubmissionType.TYPE.changesRole(), store.outbox().changes())
        .with(EmailSubmissionType.TYPE.writeRole(), new SubmissionWriting(outbox))
        .with(SubmissionTerms.ROLE, outbox.terms());
  }
}
