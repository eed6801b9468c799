package org.jmapproxy.mail.mdn;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mime.ParameterizedValue;
import org.jmapproxy.mail.report.TypedAddress;

/**
 * A message whose sender wants to be notified (RFC 8098 section 2).
 *
 * @param email with its keywords and headers
 */
record RequestedMdn(Email email) {

  /** What may stand in a field of ours as it is. */
  private static final String MESSAGE_ID = "[\\x21-\\x7e&&[^<>]]{1,900}";

  HeaderBlock header() {
    return email.headers().orElseGet(() -> HeaderBlock.of(new byte[0]));
  }

  /** Refuses a message that is not to be answered, or was. */
  void check() {
    if (email.keywords().contains(OnSuccess.MDN_SENT)) {
      throw RefusedMdnException.of(
          "mdnAlreadySent", "the Email has the keyword " + OnSuccess.MDN_SENT);
    }
    if (isNotification()) {
      throw RefusedMdnException.of(
          "forbidden", "a notification is never answered by another (RFC 8098 section 3)");
    }
    if (notifyTo().isEmpty()) {
      throw RefusedMdnException.of(
          "notFound", "the Email has no valid Disposition-Notification-To field");
    }
  }

  private boolean isNotification() {
    return header()
        .last("Content-Type")
        .map(field -> ParameterizedValue.parse(field.parseable()))
        .filter(type -> type.value().equals("multipart/report"))
        .map(type -> type.parameters().getOrDefault("report-type", ""))
        .filter(type -> type.toLowerCase(Locale.ROOT).equals("disposition-notification"))
        .isPresent();
  }

  /** Who wants to be notified. */
  List<EmailAddress> notifyTo() {
    return header().addresses("Disposition-Notification-To").orElse(List.of()).stream()
        .filter(address -> AddrSpec.isValid(address.email()))
        .toList();
  }

  /** Its Message-ID without angle brackets. */
  Optional<String> messageId() {
    return header()
        .messageIds("Message-ID")
        .flatMap(ids -> ids.stream().findFirst())
        .filter(id -> id.matches(MESSAGE_ID));
  }

  /** For whom the sender meant it, if a mail system has noted that (RFC 8098 section 2.3). */
  Optional<TypedAddress> originalRecipient() {
    return header().text("Original-Recipient").flatMap(TypedAddress::parse);
  }

  String subject() {
    return header().text("Subject").orElse("");
  }
}
