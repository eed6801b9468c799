package org.jmapproxy.mail.mdn;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.identity.Identity;
import org.jmapproxy.mail.identity.Senders;
import org.jmapproxy.mail.report.TypedAddress;

/**
 * Who sends notifications (RFC 9007 sections 2.1 and 5).
 *
 * @param identity as whom
 * @param senders from which addresses the user may send, if that is known
 */
record MdnAuthor(Identity identity, Optional<Senders> senders) {

  /** Where a message says to whom it was delivered; the most certain first. */
  private static final List<String> RECIPIENT_FIELDS =
      List.of("Delivered-To", "X-Original-To", "To", "Cc", "Bcc");

  /** For which recipient a notification is: the client's choice, or the Identity's address. */
  TypedAddress finalRecipient(GivenMdn given, RequestedMdn requested) {
    if (given.finalRecipient().isEmpty()) {
      return TypedAddress.of(identity.isWildcard() ? recipientOf(requested) : identity.email());
    }
    TypedAddress recipient = given.finalRecipient().get();
    if (recipient.email().filter(this::mayUse).isEmpty()) {
      throw RefusedMdnException.of(
          "forbiddenFrom", "the user may not send notifications for " + recipient.address());
    }
    return recipient;
  }

  private boolean mayUse(String email) {
    return identity.covers(email) || senders.filter(known -> known.permit(email)).isPresent();
  }

  private String recipientOf(RequestedMdn requested) {
    return RECIPIENT_FIELDS.stream()
        .flatMap(field -> addresses(requested, field))
        .filter(email -> AddrSpec.isValid(email) && identity.covers(email))
        .findFirst()
        .orElseThrow(
            () ->
                RefusedMdnException.property(
                    "finalRecipient", "is required, as the Identity stands for a whole domain"));
  }

  private static Stream<String> addresses(RequestedMdn requested, String field) {
    return requested.header().addresses(field).orElse(List.of()).stream().map(EmailAddress::email);
  }

  /** The author of a notification. */
  EmailAddress from(TypedAddress finalRecipient) {
    String email = identity.isWildcard() ? finalRecipient.address() : identity.email();
    return new EmailAddress(Optional.of(identity.name()).filter(name -> !name.isBlank()), email);
  }
}
