package org.jmapproxy.backend.imap.internal.store;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.mail.mime.BodyPart;

/** A message for tests; every with-method gives a changed copy. */
record TestMessage(
    Map<String, String> fields,
    Set<String> flags,
    long modSeq,
    Instant internalDate,
    long size,
    String preview,
    ServerIds serverIds) {

  static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  /** A message with a Message-ID. */
  static TestMessage named(String messageId) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("From", "Ann <ann@example.org>");
    fields.put("To", "Bob <bob@example.org>");
    fields.put("Subject", "About " + messageId);
    fields.put("Message-ID", "<" + messageId + "@example.org>");
    fields.put("X-Number", messageId);
    return new TestMessage(fields, Set.of(), 0, NOON, 1000, "Hello", ServerIds.none());
  }

  TestMessage field(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new TestMessage(more, flags, modSeq, internalDate, size, preview, serverIds);
  }

  TestMessage without(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(fields);
    fewer.remove(name);
    return new TestMessage(fewer, flags, modSeq, internalDate, size, preview, serverIds);
  }

  TestMessage subject(String subject) {
    return field("Subject", subject);
  }

  TestMessage replyTo(String messageId) {
    return field("In-Reply-To", "<" + messageId + "@example.org>")
        .field("References", "<" + messageId + "@example.org>");
  }

  TestMessage flags(String... imap) {
    return new TestMessage(fields, Set.of(imap), modSeq, internalDate, size, preview, serverIds);
  }

  TestMessage modSeq(long number) {
    return new TestMessage(fields, flags, number, internalDate, size, preview, serverIds);
  }

  TestMessage at(Instant moment) {
    return new TestMessage(fields, flags, modSeq, moment, size, preview, serverIds);
  }

  TestMessage size(long octets) {
    return new TestMessage(fields, flags, modSeq, internalDate, octets, preview, serverIds);
  }

  TestMessage emailId(String id) {
    return ids(
        new ServerIds(
            Optional.of(id),
            Optional.empty(),
            Optional.empty(),
            serverIds.threadId(),
            Optional.empty()));
  }

  TestMessage guid(String id) {
    return ids(
        new ServerIds(
            Optional.empty(),
            Optional.empty(),
            Optional.of(id),
            Optional.empty(),
            Optional.empty()));
  }

  TestMessage threadId(String id) {
    return ids(
        new ServerIds(
            serverIds.emailId(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(id),
            Optional.empty()));
  }

  TestMessage ids(ServerIds ids) {
    return new TestMessage(fields, flags, modSeq, internalDate, size, preview, ids);
  }

  Arrival uid(long uid) {
    return new Arrival(
        uid, flags, modSeq, internalDate, size, header(), structure(), preview, serverIds);
  }

  private byte[] header() {
    StringBuilder header = new StringBuilder();
    fields.forEach((name, value) -> header.append(name + ": " + value + "\r\n"));
    return header.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static BodyPart structure() {
    return BodyPart.builder("text/plain").partId("1").charset("utf-8").size(900).build();
  }
}
