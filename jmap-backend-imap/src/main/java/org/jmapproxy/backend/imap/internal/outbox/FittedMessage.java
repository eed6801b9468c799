package org.jmapproxy.backend.imap.internal.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;
import org.jmapproxy.backend.imap.internal.smtp.SmtpExtensions;
import org.jmapproxy.backend.imap.internal.store.OutboxOrder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.mime.transport.TransportableMessage;
import org.jmapproxy.mail.submission.SubmissionErrors;

/**
 * A message as one server takes it: as it is, or encoded anew for a server that does not take all
 * octets. The copy that was encoded is gone when this is closed.
 */
final class FittedMessage implements AutoCloseable {

  private final Shelf shelf;
  private final Id file;
  private final MessageTraits traits;
  private final boolean isCopy;
  private final Optional<Fitness.Unfit> problem;

  private FittedMessage(
      Shelf shelf, Id file, MessageTraits traits, boolean isCopy, Optional<Fitness.Unfit> problem) {
    this.shelf = shelf;
    this.file = file;
    this.traits = traits;
    this.isCopy = isCopy;
    this.problem = problem;
  }

  static FittedMessage of(Shelf shelf, OutboxOrder order, SmtpExtensions server) {
    MessageTraits traits = order.message();
    boolean takesEightBit = server.has("8BITMIME");
    Optional<Fitness.Unfit> problem = Fitness.problem(order.envelope(), traits, server);
    boolean isFit = !traits.hasLongLines() && (takesEightBit || !traits.eightBitBody());
    return problem.isPresent() || isFit
        ? new FittedMessage(shelf, order.id(), traits, false, problem)
        : encoded(shelf, order, server, takesEightBit);
  }

  private static FittedMessage encoded(
      Shelf shelf, OutboxOrder order, SmtpExtensions server, boolean takesEightBit) {
    TransportableMessage message = TransportableMessage.of(shelf.blob(order.id()), takesEightBit);
    if (message.problem().isPresent()) {
      return new FittedMessage(
          shelf, order.id(), order.message(), false, message.problem().map(FittedMessage::unfit));
    }
    Id copy = Id.of(order.id().value() + "-encoded");
    shelf.drop(copy);
    try (InputStream octets = message.open()) {
      MessageTraits traits = shelf.put(copy, octets);
      return new FittedMessage(
          shelf, copy, traits, true, Fitness.problem(order.envelope(), traits, server));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Fitness.Unfit unfit(String problem) {
    return new Fitness.Unfit(
        SubmissionErrors.invalidEmail("the mail server cannot be given the message: " + problem),
        "554 5.6.3 The mail server cannot be given the message: " + problem);
  }

  /** Why the server cannot take it. */
  Optional<Fitness.Unfit> problem() {
    return problem;
  }

  /** What is sent. */
  MessageTraits traits() {
    return traits;
  }

  /** A new stream over what is sent, to be closed by the caller. */
  InputStream open() {
    return shelf.message(file);
  }

  @Override
  public void close() {
    if (isCopy) {
      shelf.drop(file);
    }
  }
}
