package org.jmapproxy.mail.submission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.header.AddressesForm;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderField;
import org.jmapproxy.mail.identity.Identity;
import org.jmapproxy.mail.identity.Senders;

/**
 * The rules of section 7.5 about who sends to whom.
 *
 * @param identity whom the message is sent as
 * @param senders from which addresses the user may send, if that is known
 * @param terms the terms of the account
 */
record EnvelopeRules(Identity identity, Optional<Senders> senders, SubmissionTerms terms) {

  /** The envelope that a header stands for. */
  Envelope generated(HeaderBlock header) {
    return new Envelope(EnvelopeAddress.of(mailFrom(header)), recipients(header));
  }

  /** Refuses a message whose author the user may not be. */
  void checkAuthor(HeaderBlock header) {
    List<HeaderField> from = header.all("From");
    if (from.size() != 1 || AddressesForm.of(from.get(0).parseable()).isEmpty()) {
      throw new RefusedSubmissionException(
          SubmissionErrors.invalidEmail("a message has one From field with an address", "from"));
    }
    // Mail that somebody else sent can be redirected as it is; its author is not the user.
    if (!header.all("Received").isEmpty()) {
      return;
    }
    for (EmailAddress author : AddressesForm.of(from.get(0).parseable())) {
      if (!mayUse(author.email())) {
        throw new RefusedSubmissionException(
            "forbiddenFrom", "the user may not send from " + author.email());
      }
    }
  }

  /** Refuses an envelope that breaks a rule. */
  void check(Envelope envelope) {
    checkReversePath(envelope.mailFrom().email());
    checkRecipients(envelope.rcptTo());
    Parameters.problem(envelope, terms.offered().keySet())
        .ifPresent(
            problem -> {
              throw new RefusedSubmissionException(SetError.invalidProperty("envelope", problem));
            });
  }

  private void checkReversePath(String email) {
    boolean isAllowed =
        email.isEmpty()
            ? terms.permitsNullSender()
            : AddrSpec.isValid(email) && (identity.covers(email) || mayUse(email));
    if (!isAllowed) {
      throw new RefusedSubmissionException(
          "forbiddenMailFrom", "the user may not send with the return address <" + email + ">");
    }
  }

  private void checkRecipients(List<EnvelopeAddress> recipients) {
    if (recipients.isEmpty()) {
      throw new RefusedSubmissionException("noRecipients", "the message is for nobody");
    }
    if (recipients.size() > terms.maxRecipients()) {
      throw new RefusedSubmissionException(
          SubmissionErrors.tooManyRecipients(
              terms.maxRecipients(),
              "a message can be sent to " + terms.maxRecipients() + " recipients"));
    }
    List<String> invalid =
        recipients.stream()
            .map(EnvelopeAddress::email)
            .filter(email -> !AddrSpec.isValid(email))
            .toList();
    if (!invalid.isEmpty()) {
      throw new RefusedSubmissionException(
          SubmissionErrors.invalidRecipients(invalid, "some recipients are no addresses"));
    }
  }

  private boolean mayUse(String email) {
    return senders.map(known -> known.permit(email)).orElseGet(() -> identity.covers(email));
  }

  private String mailFrom(HeaderBlock header) {
    Optional<String> sender = single(header, "Sender", "sender");
    String email = sender.isPresent() ? sender.get() : single(header, "From", "from").orElse("");
    if (AddrSpec.isValid(email) && identity.covers(email)) {
      return email;
    }
    if (identity.isWildcard()) {
      throw new RefusedSubmissionException(
          "forbiddenMailFrom", "the Identity does not cover <" + email + ">");
    }
    return identity.email();
  }

  private static Optional<String> single(HeaderBlock header, String field, String property) {
    List<HeaderField> fields = header.all(field);
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    List<EmailAddress> addresses = AddressesForm.of(fields.get(0).parseable());
    if (fields.size() > 1 || addresses.size() != 1) {
      throw new RefusedSubmissionException(
          SubmissionErrors.invalidEmail(
              "the return address cannot be told from several", property));
    }
    return Optional.of(addresses.get(0).email());
  }

  private static List<EnvelopeAddress> recipients(HeaderBlock header) {
    Map<String, EnvelopeAddress> recipients = new LinkedHashMap<>();
    for (String field : List.of("To", "Cc", "Bcc")) {
      for (HeaderField one : header.all(field)) {
        for (EmailAddress address : AddressesForm.of(one.parseable())) {
          recipients.putIfAbsent(
              AddrSpec.key(address.email()), EnvelopeAddress.of(address.email()));
        }
      }
    }
    return List.copyOf(recipients.values());
  }

  /** Each recipient once: who stands there twice gets one copy. */
  static List<EnvelopeAddress> once(List<EnvelopeAddress> recipients) {
    Map<String, EnvelopeAddress> first = new LinkedHashMap<>();
    recipients.forEach(one -> first.putIfAbsent(AddrSpec.key(one.email()), one));
    return new ArrayList<>(first.values());
  }
}
