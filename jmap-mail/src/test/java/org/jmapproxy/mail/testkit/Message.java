package org.jmapproxy.mail.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A message to seed an account with.
 *
 * @param header the header fields, without line breaks
 * @param body the body
 * @param keywords its keywords
 * @param receivedAt its internal date
 */
public record Message(List<String> header, String body, List<String> keywords, Instant receivedAt) {

  private static final Instant EPOCH = Instant.parse("2024-03-01T12:00:00Z");

  /** Copies the lists. */
  public Message {
    header = List.copyOf(header);
    keywords = List.copyOf(keywords);
  }

  /** A plain message about something, received on 1 March 2024 at noon, not seen. */
  public static Message about(String subject) {
    return new Message(
        List.of(
            "From: Anna Example <anna@example.com>",
            "To: Bert Example <bert@example.org>",
            "Subject: " + subject,
            "Date: Fri, 1 Mar 2024 13:00:00 +0100",
            "Message-ID: <" + Integer.toHexString(subject.hashCode()) + "@example.com>"),
        "Hello, this is about " + subject + ".\r\n",
        List.of(),
        EPOCH);
  }

  /** With a field more, or another value of it. */
  public Message with(String name, String value) {
    List<String> fields = new ArrayList<>(header);
    fields.removeIf(field -> field.startsWith(name + ":"));
    fields.add(name + ": " + value);
    return new Message(fields, body, keywords, receivedAt);
  }

  /** With another body. */
  public Message saying(String text) {
    return new Message(header, text, keywords, receivedAt);
  }

  /** With keywords. */
  public Message keywords(String... names) {
    return new Message(header, body, List.of(names), receivedAt);
  }

  /** Received some minutes later. */
  public Message minutesLater(int minutes) {
    return new Message(header, body, keywords, receivedAt.plusSeconds(60L * minutes));
  }

  /** A reply to it, a minute later. */
  public Message reply() {
    String parent =
        header.stream()
            .filter(field -> field.startsWith("Message-ID: "))
            .map(field -> field.substring("Message-ID: ".length()))
            .findFirst()
            .orElseThrow();
    String subject =
        header.stream()
            .filter(field -> field.startsWith("Subject: "))
            .map(field -> field.substring("Subject: ".length()))
            .findFirst()
            .orElseThrow();
    Message reply =
        Message.about("Re: " + subject)
            .with("Message-ID", "<re." + parent.substring(1))
            .with("In-Reply-To", parent)
            .with("References", parent);
    return new Message(reply.header, reply.body, reply.keywords, receivedAt).minutesLater(1);
  }

  /** The raw message. */
  public String text() {
    return String.join("\r\n", header) + "\r\n\r\n" + body;
  }
}
