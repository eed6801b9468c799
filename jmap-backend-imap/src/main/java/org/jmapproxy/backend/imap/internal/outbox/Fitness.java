package org.jmapproxy.backend.imap.internal.outbox;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;
import org.jmapproxy.backend.imap.internal.smtp.SmtpExtensions;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.submission.Envelope;
import org.jmapproxy.mail.submission.EnvelopeAddress;
import org.jmapproxy.mail.submission.SubmissionErrors;

/**
 * Whether a server can take a message at all, by what it says about itself, however the message is
 * encoded.
 */
final class Fitness {

  private Fitness() {}

  /**
   * Why it cannot.
   *
   * @param error for a client that waits
   * @param reply for a client that was told that the message is accepted
   */
  record Unfit(SetError error, String reply) {}

  static Optional<Unfit> problem(Envelope envelope, MessageTraits message, SmtpExtensions server) {
    if (server.maxSize().isPresent() && message.size() > server.maxSize().getAsLong()) {
      long most = server.maxSize().getAsLong();
      return Optional.of(
          new Unfit(
              SubmissionErrors.tooLarge(most, "the server takes messages of at most " + most),
              "552 5.3.4 The mail server takes messages of at most " + most + " octets"));
    }
    if (!server.has("SMTPUTF8")) {
      Optional<Unfit> international = international(envelope, message);
      if (international.isPresent()) {
        return international;
      }
    }
    if (message.hasNul()) {
      return Optional.of(
          invalid("the message holds a NUL", "554 5.6.0 No mail server takes a NUL"));
    }
    return Optional.empty();
  }

  private static Optional<Unfit> international(Envelope envelope, MessageTraits message) {
    List<String> recipients =
        envelope.rcptTo().stream()
            .map(EnvelopeAddress::email)
            .filter(AddrSpec::isInternational)
            .toList();
    String problem = "the mail server does not take international addresses (SMTPUTF8)";
    if (!recipients.isEmpty()) {
      return Optional.of(
          new Unfit(
              SubmissionErrors.invalidRecipients(recipients, problem), "553 5.6.7 " + problem));
    }
    if (AddrSpec.isInternational(envelope.mailFrom().email())) {
      return Optional.of(
          new Unfit(SetError.of("forbiddenMailFrom", problem), "550 5.6.7 " + problem));
    }
    return message.eightBitHeader()
        ? Optional.of(
            invalid(
                "the header has octets beyond ASCII, which the mail server does not take",
                "554 5.6.7 The mail server does not take a header beyond ASCII"))
        : Optional.empty();
  }

  private static Unfit invalid(String description, String reply) {
    return new Unfit(SubmissionErrors.invalidEmail(description), reply);
  }
}
