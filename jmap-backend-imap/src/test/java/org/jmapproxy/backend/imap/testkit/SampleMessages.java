package org.jmapproxy.backend.imap.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Believable messages by number. Every third is an HTML alternative, every fifth has an attachment,
 * every fourth answers the one before it.
 */
public final class SampleMessages {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss xx", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("2024-01-01T08:00:00Z");

  private SampleMessages() {}

  /** When message {@code number} was received. */
  public static Instant receivedAt(int number) {
    return FIRST.plusSeconds(60L * number);
  }

  /** The Message-ID of message {@code number}, with brackets. */
  public static String messageId(String mailbox, int number) {
    String local = mailbox.replaceAll("[^A-Za-z0-9]", "");
    return "<" + local + "." + number + "@example.org>";
  }

  /** Message {@code number} with CRLF line ends. */
  public static byte[] message(String mailbox, int number) {
    StringBuilder out = new StringBuilder(2048);
    out.append("Return-Path: <sender").append(number % 50).append("@example.org>\n");
    out.append("Received: from mx.example.org (mx.example.org [192.0.2.1])\n");
    out.append("\tby mail.example.org with ESMTPS id ").append(number).append("ABCDEF;\n\t");
    out.append(DATE.format(receivedAt(number))).append('\n');
    out.append("Date: ").append(DATE.format(receivedAt(number))).append('\n');
    out.append("From: Sender ").append(number % 50);
    out.append(" <sender").append(number % 50).append("@example.org>\n");
    out.append("To: Recipient <recipient@example.org>\n");
    out.append("Subject: ").append(number % 4 == 0 ? "Re: " : "");
    out.append("Message ").append(number - (number % 4 == 0 ? 1 : 0));
    out.append(" of =?utf-8?q?M=C3=BCller?=\n");
    out.append("Message-ID: ").append(messageId(mailbox, number)).append('\n');
    if (number % 4 == 0) {
      out.append("In-Reply-To: ").append(messageId(mailbox, number - 1)).append('\n');
      out.append("References: ").append(messageId(mailbox, number - 1)).append('\n');
    }
    out.append("MIME-Version: 1.0\n");
    appendBody(out, number);
    return out.toString().replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void appendBody(StringBuilder out, int number) {
    if (number % 5 == 0) {
      out.append("Content-Type: multipart/mixed; boundary=\"mix\"\n\n--mix\n");
    }
    if (number % 3 == 0) {
      out.append("Content-Type: multipart/alternative; boundary=\"alt\"\n\n--alt\n");
      appendText(out, number);
      out.append("--alt\nContent-Type: text/html; charset=utf-8\n\n");
      out.append("<html><body><p>Text of message <b>").append(number);
      out.append("</b></p></body></html>\n--alt--\n");
    } else {
      appendText(out, number);
    }
    if (number % 5 == 0) {
      out.append("--mix\nContent-Type: application/pdf; name=\"report-").append(number);
      out.append(".pdf\"\nContent-Disposition: attachment; filename=\"report-").append(number);
      out.append(
          ".pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQKJSBzYW1wbGUK\n--mix--\n");
    }
  }

  private static void appendText(StringBuilder out, int number) {
    out.append("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n");
    out.append("Text of message ").append(number).append(", grüße.\n");
    for (int line = 0; line < number % 20; line++) {
      out.append("Line ").append(line).append(" says nothing that line 0 did not say.\n");
    }
  }
}
