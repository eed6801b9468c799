package org.jmapproxy.examples.demo;

import jakarta.mail.Flags;
import jakarta.mail.Flags.Flag;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Properties;

/**
 * One message of the sample mailbox.
 *
 * @param file its file among the resources
 * @param folder where it lies
 * @param age how long ago it arrived
 * @param flags its IMAP flags
 */
record SampleMail(String file, String folder, Duration age, List<Flag> flags) {

  private static final DateTimeFormatter DATE = DateTimeFormatter.RFC_1123_DATE_TIME;

  /** Copies the flags. */
  SampleMail {
    flags = List.copyOf(flags);
  }

  /** The whole mailbox, oldest first. */
  static List<SampleMail> mailbox() {
    return List.of(
        mail("01-welcome", "Archive", Duration.ofDays(41), Flag.SEEN),
        mail("10-question", "INBOX", Duration.ofDays(9), Flag.SEEN, Flag.ANSWERED),
        mail("11-answer", "Sent", Duration.ofDays(8), Flag.SEEN),
        mail("07-newsletter", "INBOX", Duration.ofDays(6), Flag.SEEN),
        mail("06-invoice", "INBOX", Duration.ofDays(4), Flag.SEEN, Flag.FLAGGED),
        mail("03-ride", "INBOX", Duration.ofHours(50), Flag.SEEN),
        mail("04-ride-re", "INBOX", Duration.ofHours(47), Flag.SEEN),
        mail("09-family", "INBOX", Duration.ofHours(26), Flag.SEEN),
        mail("12-draft", "Drafts", Duration.ofHours(25), Flag.SEEN, Flag.DRAFT),
        mail("08-night-shift", "INBOX", Duration.ofHours(11)),
        mail("05-ride-map", "INBOX", Duration.ofHours(3)),
        mail("02-order", "INBOX", Duration.ofMinutes(20)));
  }

  /** The message with its date set relative to now. */
  MimeMessage toMessage(Instant now) {
    String date = DATE.format(now.minus(age).atOffset(ZoneOffset.UTC));
    byte[] bytes = read().replace("@DATE@", date).getBytes(StandardCharsets.UTF_8);
    try {
      MimeMessage message =
          new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
      for (Flag flag : flags) {
        message.setFlag(flag, true);
      }
      return message;
    } catch (MessagingException e) {
      throw new IllegalStateException("the sample message " + file + " is broken", e);
    }
  }

  /** The flags as GreenMail takes them. */
  Flags imapFlags() {
    Flags all = new Flags();
    flags.forEach(all::add);
    return all;
  }

  private String read() {
    try (InputStream in = SampleMail.class.getResourceAsStream("mail/" + file + ".eml")) {
      if (in == null) {
        throw new IllegalStateException("the sample message " + file + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SampleMail mail(String file, String folder, Duration age, Flag... flags) {
    return new SampleMail(file, folder, age, List.of(flags));
  }
}
