package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/** Writes a Maildir of believable messages: threads, attachments, HTML, real header weight. */
final class Messages {

  private static final String[] WORDS =
      ("report meeting invoice budget travel lunch project release garden winter station letter"
              + " music bicycle ticket photo kitchen contract school doctor weather holiday")
          .split(" ");

  private final Random random = new Random(20418);
  private final Instant now = Instant.now();

  /** Writes so many messages, the last one being the newest. */
  void write(Path maildir, int count) throws IOException {
    Path cur = Files.createDirectories(maildir.resolve("cur"));
    Files.createDirectories(maildir.resolve("new"));
    Files.createDirectories(maildir.resolve("tmp"));
    for (int i = 0; i < count; i++) {
      Instant received = now.minus(Duration.ofMinutes(7L * (count - i)));
      String flags = random.nextInt(4) == 0 ? "" : "S";
      Path file = cur.resolve(received.getEpochSecond() + ".M" + i + ".bench:2," + flags);
      Files.write(file, message(i, received));
      Files.setLastModifiedTime(file, FileTime.from(received));
    }
  }

  /** One message as bytes. */
  byte[] message(int i, Instant received) {
    String subject = word() + " " + word() + " " + (i % 400);
    StringBuilder text = new StringBuilder(2048);
    for (int hop = 0; hop < 4; hop++) {
      text.append("Received: from relay").append(hop).append(".example.net by mx").append(hop);
      text.append(".example.org with ESMTPS id ").append(Long.toHexString(random.nextLong()));
      text.append("\r\n\t(version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384);\r\n\t");
      text.append(date(received)).append("\r\n");
    }
    text.append("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.net; s=k1;\r\n");
    text.append("\tb=").append("A1b2C3d4".repeat(32)).append("\r\n");
    text.append("From: =?utf-8?q?J=C3=B6rg_").append(word()).append("?= <");
    text.append(word()).append(i % 50).append("@example.net>\r\n");
    text.append("To: Bench <bench@example.test>, ").append(word()).append("@example.com\r\n");
    text.append("Subject: ").append(i % 3 == 0 ? "Re: " : "").append(subject).append("\r\n");
    text.append("Date: ").append(date(received)).append("\r\n");
    text.append("Message-ID: <").append(i).append(".bench@example.net>\r\n");
    if (i % 3 == 0 && i > 10) {
      int parent = i - 1 - random.nextInt(9);
      text.append("In-Reply-To: <").append(parent).append(".bench@example.net>\r\n");
      text.append("References: <").append(parent).append(".bench@example.net>\r\n");
    }
    text.append("MIME-Version: 1.0\r\n");
    text.append(i % 8 == 0 ? mixed(i) : alternative(i));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String alternative(int i) {
    String boundary = "alt" + i;
    return "Content-Type: multipart/alternative; boundary=\""
        + boundary
        + "\"\r\n\r\n"
        + part(boundary, "text/plain; charset=utf-8", prose(60))
        + part(boundary, "text/html; charset=utf-8", "<p>" + prose(90) + "</p>")
        + "--"
        + boundary
        + "--\r\n";
  }

  private String mixed(int i) {
    String boundary = "mix" + i;
    return "Content-Type: multipart/mixed; boundary=\""
        + boundary
        + "\"\r\n\r\n"
        + part(boundary, "text/plain; charset=utf-8", prose(40))
        + part(
            boundary,
            "application/pdf; name=\"a.pdf\"\r\nContent-Disposition: attachment; filename=\"a.pdf\"",
            "JVBERi0xLjQK".repeat(300))
        + "--"
        + boundary
        + "--\r\n";
  }

  private static String part(String boundary, String type, String body) {
    return "--" + boundary + "\r\nContent-Type: " + type + "\r\n\r\n" + body + "\r\n\r\n";
  }

  private String prose(int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(word()).append(i % 12 == 11 ? ".\r\n" : " ");
    }
    return text.toString();
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private static String date(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
