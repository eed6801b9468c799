package org.jmapproxy.backend.imap.internal.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.smtp.SmtpConnection;
import org.jmapproxy.backend.imap.internal.smtp.SmtpException;
import org.jmapproxy.backend.imap.internal.smtp.SmtpExtensions;
import org.jmapproxy.backend.imap.internal.smtp.SmtpLostException;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException.Stage;
import org.jmapproxy.backend.imap.internal.smtp.SmtpReply;
import org.jmapproxy.backend.imap.internal.smtp.SmtpUntrustedException;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry.Phase;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.submission.EnvelopeAddress;

/**
 * One attempt to send one message. The record of it is on the disk before DATA and again before the
 * final dot.
 */
final class Attempt {

  private final Shelf shelf;
  private final SubmissionServer server;
  private final LearnedTerms terms;
  private final SendingTimes times;
  private final Clock clock;
  private final Claim claim;

  Attempt(
      Shelf shelf,
      SubmissionServer server,
      LearnedTerms terms,
      SendingTimes times,
      Clock clock,
      Claim claim) {
    this.shelf = shelf;
    this.server = server;
    this.terms = terms;
    this.times = times;
    this.clock = clock;
    this.claim = claim;
  }

  /**
   * Sends.
   *
   * @param entry on the disk already if somebody was promised that it is sent
   * @param told hears of the result as early as possible
   */
  AttemptResult run(OutboxEntry entry, Consumer<AttemptResult> told) {
    AttemptResult result;
    try (SmtpConnection smtp = server.connect()) {
      claim.uses(smtp);
      result = dialog(entry, smtp);
      told.accept(result);
      smtp.quit();
    } catch (SmtpException e) {
      result = failed(entry, e);
      told.accept(result);
    }
    return result;
  }

  private AttemptResult dialog(OutboxEntry entry, SmtpConnection smtp) {
    try {
      server.begin(smtp);
      terms.learn(smtp.extensions());
      return send(entry, smtp);
    } catch (SmtpException e) {
      return failed(entry, e);
    }
  }

  private AttemptResult failed(OutboxEntry entry, SmtpException e) {
    if (e instanceof SmtpRefusedException refusal) {
      return refused(entry, refusal);
    }
    if (e instanceof SmtpUntrustedException && !entry.acknowledged()) {
      return new AttemptResult.Refused(SetError.serverUnavailable(String.valueOf(e.getMessage())));
    }
    String status = e instanceof SmtpUntrustedException ? "451 4.7.5 " : "451 4.4.1 ";
    return notNow(entry, status + e.getMessage());
  }

  private AttemptResult send(OutboxEntry entry, SmtpConnection smtp) {
    try (FittedMessage message = FittedMessage.of(shelf, entry.order(), smtp.extensions())) {
      return message.problem().isPresent()
          ? unfit(entry, message.problem().get())
          : send(entry, message, smtp);
    }
  }

  private AttemptResult unfit(OutboxEntry entry, Fitness.Unfit unfit) {
    return entry.acknowledged()
        ? settled(entry.id(), now -> step().refusedForAll(now, unfit.reply()))
        : new AttemptResult.Refused(unfit.error());
  }

  private AttemptResult send(OutboxEntry entry, FittedMessage message, SmtpConnection smtp) {
    List<EnvelopeAddress> recipients = Progress.waiting(entry);
    List<SmtpReply> replies =
        smtp.envelope(mailFrom(entry, smtp.extensions()), recipients, message.traits());
    if (!entry.acknowledged() && replies.stream().anyMatch(SmtpReply::isPermanent)) {
      return new AttemptResult.Refused(SmtpErrors.ofRecipients(recipients, replies));
    }
    if (replies.stream().noneMatch(SmtpReply::isPositive)) {
      return entry.acknowledged()
          ? settled(entry.id(), now -> step().postponed(step().heard(now, replies)))
          : new AttemptResult.NotNow(replies.get(0).oneLine());
    }
    return claim.commit(() -> begins(entry, replies))
        ? handOver(entry.id(), message, smtp)
        : new AttemptResult.NotNow(Progress.NO_ANSWER);
  }

  /** Names the envelope, if the server can, so that reports about it are recognised. */
  private static EnvelopeAddress mailFrom(OutboxEntry entry, SmtpExtensions server) {
    EnvelopeAddress mailFrom = entry.order().envelope().mailFrom();
    boolean isToBeNamed =
        server.has("DSN")
            && !mailFrom.email().isEmpty()
            && !mailFrom.parameters().containsKey(Shelf.ENVELOPE_ID);
    return isToBeNamed ? mailFrom.with(Shelf.ENVELOPE_ID, entry.id().value()) : mailFrom;
  }

  /** Writes down that the message is about to be handed over; false if it was taken back. */
  private boolean begins(OutboxEntry entry, List<SmtpReply> replies) {
    if (!entry.acknowledged()) {
      shelf.add(step().sending(step().heard(entry, replies)));
      return true;
    }
    return shelf
        .change(
            entry.id(),
            now -> now.phase() == Phase.QUEUED ? step().sending(step().heard(now, replies)) : now)
        .filter(now -> now.phase() == Phase.SENDING)
        .isPresent();
  }

  private AttemptResult handOver(Id id, FittedMessage message, SmtpConnection smtp) {
    try (InputStream octets = message.open()) {
      SmtpReply reply = smtp.data(octets, () -> shelf.change(id, now -> step().ending(now)));
      if (reply.isPositive()) {
        return settled(id, now -> step().taken(now));
      }
      return reply.isPermanent() ? refused(id, reply) : lostOrLater(id, reply.oneLine());
    } catch (SmtpLostException e) {
      return e.isAfterMessage()
          ? settled(id, now -> step().unanswered(now))
          : lostOrLater(id, "451 4.4.2 " + e.getMessage());
    } catch (SmtpRefusedException e) {
      return e.reply().isPermanent()
          ? refused(id, e.reply())
          : lostOrLater(id, e.reply().oneLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server does not take the message: a client that still waits is told, and all is undone. */
  private AttemptResult refused(Id id, SmtpReply reply) {
    Optional<OutboxEntry> entry = shelf.find(id);
    if (entry.isPresent() && !entry.get().acknowledged() && claim.over()) {
      shelf.remove(id);
      return new AttemptResult.Refused(
          SmtpErrors.ofMessage(reply, entry.get().order().message().size(), terms.maxSize()));
    }
    return settled(id, now -> step().refused(now.asAcknowledged(), reply.oneLine()));
  }

  private AttemptResult lostOrLater(Id id, String reply) {
    return settled(id, now -> step().postponed(now.asAcknowledged(), reply));
  }

  private AttemptResult refused(OutboxEntry entry, SmtpRefusedException e) {
    SmtpReply reply = e.reply();
    if (!reply.isPermanent()) {
      return notNow(entry, reply.oneLine());
    }
    if (!entry.acknowledged()) {
      return new AttemptResult.Refused(
          SmtpErrors.of(e, entry.order().message().size(), terms.maxSize()));
    }
    boolean mayPass = e.stage() == Stage.LOGIN || e.stage() == Stage.GREETING;
    return mayPass
        ? notNow(entry, reply.oneLine())
        : settled(entry.id(), now -> step().refusedForAll(now, reply.oneLine()));
  }

  private AttemptResult notNow(OutboxEntry entry, String reply) {
    if (entry.acknowledged()) {
      shelf.change(
          entry.id(), now -> now.phase() == Phase.QUEUED ? step().postponed(now, reply) : now);
    }
    return new AttemptResult.NotNow(reply);
  }

  /** What the client may rely on is shown to it, whether it waits or not. */
  private AttemptResult settled(Id id, UnaryOperator<OutboxEntry> change) {
    claim.over();
    return shelf
        .change(id, now -> change.apply(now).asAcknowledged())
        .<AttemptResult>map(AttemptResult.Settled::new)
        .orElseThrow(() -> new IllegalStateException("A submission vanished while it was sent"));
  }

  private Progress step() {
    return new Progress(times, clock.instant());
  }
}
