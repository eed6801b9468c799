package org.jmapproxy.backend.imap.internal.outbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.backend.imap.internal.store.OutboxEntry;
import org.jmapproxy.backend.imap.internal.store.OutboxRecipient;
import org.jmapproxy.mail.header.AddrSpec;
import org.jmapproxy.mail.header.HeaderBlock;

/**
 * The delivery status notification (RFC 3464) that tells a user which recipients will not get a
 * message.
 */
final class FailureNotice {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH);
  private static final Pattern STATUS = Pattern.compile("^[245]\\d\\d ([245]\\.\\d+\\.\\d+)");
  private static final int MOST_HEADER = 1 << 16;

  private final OutboxEntry entry;
  private final String to;
  private final byte[] header;
  private final Instant now;

  /**
   * A notification.
   *
   * @param entry the submission
   * @param to the user's address
   * @param header the header of the message, in its first octets
   * @param now the time
   */
  FailureNotice(OutboxEntry entry, String to, byte[] header, Instant now) {
    this.entry = entry;
    this.to = to;
    this.header = header;
    this.now = now;
  }

  /**
   * The recipients that it is about: those who failed, unless the client wants no notice. A message
   * without a return path has nobody to tell (RFC 5321 section 4.5.5).
   */
  static List<OutboxRecipient> recipients(OutboxEntry entry) {
    List<OutboxRecipient> failed = new ArrayList<>();
    if (entry.order().envelope().mailFrom().email().isEmpty()) {
      return failed;
    }
    for (int i = 0; i < entry.recipients().size(); i++) {
      Optional<String> notify = entry.order().envelope().rcptTo().get(i).parameter("NOTIFY");
      boolean isWanted =
          notify.map(events -> events.toUpperCase(Locale.ROOT).contains("FAILURE")).orElse(true);
      if (entry.recipients().get(i).isToBeReported() && isWanted) {
        failed.add(entry.recipients().get(i));
      }
    }
    return failed;
  }

  /** Its Message-ID without angle brackets, the same each time it is asked for. */
  static String messageId(OutboxEntry entry, String to) {
    return entry.id().value() + "." + entry.dsnBlobIds().size() + "@" + domain(to);
  }

  /** The header of a message that is read from its beginning. */
  static byte[] header(InputStream message) throws IOException {
    byte[] start = message.readNBytes(MOST_HEADER);
    for (int i = 0; i + 3 < start.length; i++) {
      if (start[i] == '\r' && start[i + 1] == '\n' && start[i + 2] == '\r') {
        return java.util.Arrays.copyOf(start, i + 2);
      }
    }
    return start;
  }

  /** The notification as a message. */
  byte[] message() {
    String boundary = "=_" + entry.id().value();
    StringBuilder text = new StringBuilder();
    line(text, "From: Mail Delivery System <MAILER-DAEMON@" + domain(to) + ">");
    line(text, "To: <" + to + ">");
    line(text, "Subject: Undelivered mail");
    line(text, "Date: " + DATE.format(now.atOffset(ZoneOffset.UTC)));
    line(text, "Message-ID: <" + messageId(entry, to) + ">");
    original().ifPresent(id -> line(text, "References: <" + id + ">"));
    line(text, "Auto-Submitted: auto-replied");
    line(text, "MIME-Version: 1.0");
    line(text, "Content-Type: multipart/report; report-type=delivery-status;");
    line(text, "\tboundary=\"" + boundary + "\"");
    line(text, "");
    part(text, boundary, "text/plain; charset=utf-8", explanation());
    part(text, boundary, "message/delivery-status", status());
    return join(text, boundary);
  }

  private byte[] join(StringBuilder text, String boundary) {
    line(text, "--" + boundary);
    line(text, "Content-Type: text/rfc822-headers");
    line(text, "Content-Transfer-Encoding: 8bit");
    line(text, "");
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(text.toString().getBytes(StandardCharsets.UTF_8));
    message.writeBytes(header);
    message.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return message.toByteArray();
  }

  private String explanation() {
    StringBuilder text = new StringBuilder();
    line(text, "Your message could not be delivered to:");
    line(text, "");
    for (OutboxRecipient recipient : recipients(entry)) {
      line(text, "  " + recipient.email());
      line(text, "      " + recipient.status().smtpReply());
    }
    line(text, "");
    line(text, "It will not be sent to them again.");
    return text.toString();
  }

  private String status() {
    StringBuilder text = new StringBuilder();
    line(text, "Reporting-MTA: dns; " + domain(to));
    line(text, "Arrival-Date: " + DATE.format(entry.order().createdAt().atOffset(ZoneOffset.UTC)));
    for (OutboxRecipient recipient : recipients(entry)) {
      String type = AddrSpec.isInternational(recipient.email()) ? "utf-8" : "rfc822";
      line(text, "");
      line(text, "Final-Recipient: " + type + "; " + recipient.email());
      line(text, "Action: failed");
      line(text, "Status: " + status(recipient.status().smtpReply()));
      line(text, "Diagnostic-Code: smtp; " + recipient.status().smtpReply());
    }
    return text.toString();
  }

  /** What failed for good is permanent, whatever the last reply said. */
  private static String status(String reply) {
    Matcher matcher = STATUS.matcher(reply);
    return matcher.find() ? "5" + matcher.group(1).substring(1) : "5.0.0";
  }

  private Optional<String> original() {
    return HeaderBlock.of(header)
        .messageIds("Message-ID")
        .flatMap(ids -> ids.stream().findFirst())
        .filter(id -> id.matches("[\\x21-\\x7e&&[^<>]]{1,500}"));
  }

  private static void part(StringBuilder text, String boundary, String type, String content) {
    line(text, "--" + boundary);
    line(text, "Content-Type: " + type);
    line(text, "Content-Transfer-Encoding: 8bit");
    line(text, "");
    text.append(content);
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append("\r\n");
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
