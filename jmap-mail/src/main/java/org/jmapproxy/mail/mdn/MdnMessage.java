package org.jmapproxy.mail.mdn;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.email.compose.ReportComposer;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.report.TypedAddress;

/**
 * A notification on its way out (RFC 8098 section 3).
 *
 * @param given what the client wants
 * @param requested the message that it is about
 * @param author who sends it
 * @param finalRecipient for whom
 */
record MdnMessage(
    GivenMdn given, RequestedMdn requested, MdnAuthor author, TypedAddress finalRecipient) {

  private static final String REPORT_TYPE = "disposition-notification";

  /** The object that comes of it. */
  Mdn mdn() {
    return new Mdn(
        Optional.of(given.forEmailId()),
        Optional.of(given.subject().orElseGet(this::subject)),
        Optional.of(given.textBody().orElseGet(this::text)),
        given.includeOriginalMessage(),
        given.reportingUA(),
        given.disposition(),
        Optional.empty(),
        requested.originalRecipient().map(TypedAddress::toString),
        Optional.of(finalRecipient.toString()),
        requested.messageId().map(id -> "<" + id + ">"),
        List.of(),
        given.extensionFields());
  }

  private String subject() {
    String type = given.disposition().type();
    return type.substring(0, 1).toUpperCase(Locale.ROOT)
        + type.substring(1)
        + ": "
        + requested.subject().strip();
  }

  private String text() {
    String what = given.disposition().type();
    return "The message \""
        + requested.subject().strip()
        + "\" to "
        + finalRecipient.address()
        + " was "
        + what
        + ".\n"
        + "There is no guarantee that it has been read or understood.\n";
  }

  /**
   * The message.
   *
   * @param original the message that it is about, if it is to be attached
   * @param now for its date
   */
  Blob compose(Optional<Blob> original, OffsetDateTime now) {
    Mdn mdn = mdn();
    EmailAddress from = author.from(finalRecipient);
    ReportComposer message = new ReportComposer(domain(from.email()), now);
    message.addresses("From", List.of(from));
    message.addresses("To", requested.notifyTo());
    message.text("Subject", mdn.subject().orElse(""));
    requested.messageId().ifPresent(id -> message.messageIds("References", List.of(id)));
    if (given.disposition().isSentAutomatically()) {
      message.text("Auto-Submitted", "auto-replied");
    }
    return message.compose(REPORT_TYPE, mdn.textBody().orElse(""), fields(mdn), original);
  }

  private String fields(Mdn mdn) {
    StringBuilder fields = new StringBuilder();
    mdn.reportingUA().ifPresent(ua -> add(fields, "Reporting-UA", ua));
    requested
        .originalRecipient()
        .ifPresent(recipient -> add(fields, "Original-Recipient", recipient.inAscii()));
    add(fields, "Final-Recipient", finalRecipient.inAscii());
    mdn.originalMessageId().ifPresent(id -> add(fields, "Original-Message-ID", id));
    add(fields, "Disposition", mdn.disposition().fieldValue());
    mdn.extensionFields().forEach((name, value) -> add(fields, name, value));
    return fields.toString();
  }

  private static void add(StringBuilder fields, String name, String value) {
    fields.append(ReportComposer.textField(name, value));
  }

  private static String domain(String email) {
    String domain = email.substring(email.lastIndexOf('@') + 1);
    return domain.matches("[A-Za-z0-9.-]{1,255}") ? domain : "localhost";
  }
}
