package org.jmapproxy.mail.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * A delivery status notification (RFC 3464).
 *
 * @param envelopeId what the sender called the envelope, if it did
 * @param originalMessageId the Message-ID of the message, without angle brackets
 * @param recipients what is said of each recipient; at least one
 */
public record DeliveryReport(
    Optional<String> envelopeId,
    Optional<String> originalMessageId,
    List<RecipientStatus> recipients) {

  private static final Set<String> TYPES =
      Set.of("message/delivery-status", "message/global-delivery-status");

  /** Copies the list. */
  public DeliveryReport {
    recipients = List.copyOf(recipients);
  }

  /**
   * What is said of one recipient.
   *
   * @param addresses by which the recipient may be known, the sender's own first
   * @param action in lower case, such as {@code failed}
   * @param smtpReply the reply of a server, or one made of what is told (RFC 8621 section 7)
   */
  public record RecipientStatus(List<String> addresses, String action, String smtpReply) {

    private static final Pattern STATUS = Pattern.compile("[245]\\.\\d{1,3}\\.\\d{1,3}");
    private static final Pattern REPLY = Pattern.compile("[245]\\d\\d[ -].*");
    private static final int LONGEST = 500;

    /** Copies the list. */
    public RecipientStatus {
      addresses = List.copyOf(addresses);
    }

    /** Whether the message is in the recipient's mail store. */
    public boolean isDelivered() {
      return action.equals("delivered");
    }

    /** Whether it will never be. */
    public boolean isFailed() {
      return action.equals("failed");
    }

    private static Optional<RecipientStatus> of(HeaderBlock fields) {
      List<String> addresses = new ArrayList<>();
      for (String name : List.of("Original-Recipient", "Final-Recipient")) {
        fields
            .text(name)
            .flatMap(TypedAddress::parse)
            .flatMap(TypedAddress::email)
            .ifPresent(addresses::add);
      }
      return fields
          .text("Action")
          .map(action -> action.strip().toLowerCase(Locale.ROOT).split("[ (]", 2)[0])
          .filter(action -> !addresses.isEmpty())
          .map(action -> new RecipientStatus(addresses, action, reply(fields, action)));
    }

    private static String reply(HeaderBlock fields, String action) {
      String diagnostic = fields.text("Diagnostic-Code").orElse("");
      int semicolon = diagnostic.indexOf(';');
      String text = clean(diagnostic.substring(semicolon + 1));
      boolean isSmtp =
          semicolon >= 0
              && diagnostic.substring(0, semicolon).strip().equalsIgnoreCase("smtp")
              && REPLY.matcher(text).matches();
      return isSmtp
          ? text.substring(0, 3) + " " + text.substring(4)
          : synthetic(fields, action, text);
    }

    private static String synthetic(HeaderBlock fields, String action, String text) {
      String kind = action.equals("failed") ? "5" : action.equals("delayed") ? "4" : "2";
      String status =
          fields
              .text("Status")
              .map(value -> value.strip().split("[ (]", 2)[0])
              .filter(value -> STATUS.matcher(value).matches())
              .orElse(kind + ".0.0");
      return status.charAt(0) + "50 " + status + " " + (text.isEmpty() ? action : text);
    }

    private static String clean(String text) {
      String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
      return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }
  }

  /**
   * Reads a message.
   *
   * @return empty when it is no notification that says something of a recipient
   */
  public static Optional<DeliveryReport> read(Blob message) {
    return ReportMessage.of(message, TYPES).flatMap(DeliveryReport::read);
  }

  private static Optional<DeliveryReport> read(ReportMessage report) {
    List<HeaderBlock> groups = report.fields();
    List<RecipientStatus> recipients =
        groups.stream().flatMap(group -> RecipientStatus.of(group).stream()).toList();
    Optional<String> envelopeId =
        groups.stream()
            .flatMap(group -> group.text("Original-Envelope-Id").stream())
            .map(String::strip)
            .findFirst();
    Optional<String> messageId =
        report
            .originalHeader()
            .flatMap(header -> header.messageIds("Message-ID"))
            .flatMap(ids -> ids.stream().findFirst());
    return recipients.isEmpty()
        ? Optional.empty()
        : Optional.of(new DeliveryReport(envelopeId, messageId, recipients));
  }
}
