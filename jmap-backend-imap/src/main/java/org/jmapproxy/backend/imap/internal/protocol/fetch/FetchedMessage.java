package org.jmapproxy.backend.imap.internal.protocol.fetch;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one FETCH response told about a message. An item is absent when the server left it out, sent
 * NIL, sent more than allowed, or sent something that cannot be read; the others are not touched by
 * that. Immutable, but for the byte arrays, which belong to the receiver.
 */
public final class FetchedMessage {
  private final Values values;

  FetchedMessage(Values values) {
    this.values = values;
  }

  /** The message's position in the mailbox at this moment. */
  public long sequenceNumber() {
    return values.sequenceNumber;
  }

  /** How many octets the whole response had, which says how much memory this takes. */
  public int octets() {
    return values.octets;
  }

  /** The UID; 0 if the response has none (an unsolicited flag change may lack it). */
  public long uid() {
    return values.uid;
  }

  /** The flags as the server writes them, without {@code \Recent}. */
  public Optional<Set<String>> flags() {
    return Optional.ofNullable(values.flags);
  }

  public Optional<Instant> internalDate() {
    return Optional.ofNullable(values.internalDate);
  }

  /** RFC822.SIZE in bytes. */
  public OptionalLong size() {
    return number(values.size);
  }

  /** MODSEQ (CONDSTORE). */
  public OptionalLong modSeq() {
    return number(values.modSeq);
  }

  public Optional<BodyStructure> bodyStructure() {
    return Optional.ofNullable(values.bodyStructure);
  }

  /** The bytes of {@code BODY[HEADER]}, usually with the empty line at their end. */
  public Optional<byte[]> header() {
    return Optional.ofNullable(values.header);
  }

  /** The bytes of {@code BODY[section]}, from the origin that was asked. */
  public Optional<byte[]> section(String section) {
    byte[] bytes = values.sections.get(section.toUpperCase(Locale.ROOT));
    return bytes == null && section.equalsIgnoreCase("HEADER")
        ? header()
        : Optional.ofNullable(bytes);
  }

  /** The number of {@code BINARY.SIZE[part]}. */
  public OptionalLong binarySize(String part) {
    return number(values.binarySizes.getOrDefault(part, -1L));
  }

  /** EMAILID as sent (RFC 8474); the caller checks its form. */
  public Optional<String> emailId() {
    return Optional.ofNullable(values.emailId);
  }

  /** THREADID as sent; absent for NIL. */
  public Optional<String> threadId() {
    return Optional.ofNullable(values.threadId);
  }

  /** X-GM-MSGID in decimal digits as sent. */
  public Optional<String> gmailMessageId() {
    return Optional.ofNullable(values.gmailMessageId);
  }

  /** X-GM-THRID in decimal digits as sent. */
  public Optional<String> gmailThreadId() {
    return Optional.ofNullable(values.gmailThreadId);
  }

  /** X-GM-LABELS, decoded from modified UTF-7. */
  public Optional<List<String>> gmailLabels() {
    return Optional.ofNullable(values.gmailLabels);
  }

  /** Dovecot's X-GUID. */
  public Optional<String> guid() {
    return Optional.ofNullable(values.guid);
  }

  /** PREVIEW text (RFC 8970); absent for NIL, possibly empty. */
  public Optional<String> preview() {
    return Optional.ofNullable(values.preview);
  }

  /** Names of the items that were sent but could not be read, e.g. {@code BODYSTRUCTURE}. */
  public Set<String> broken() {
    return values.broken;
  }

  /** Whether anything but UID, FLAGS and MODSEQ was in the response, readable or not. */
  public boolean hasContent() {
    return values.content;
  }

  @Override
  public String toString() {
    return "FetchedMessage[uid=" + values.uid + ", flags=" + values.flags + "]";
  }

  private static OptionalLong number(long value) {
    return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The fields while they are filled. */
  static final class Values {
    long sequenceNumber;
    int octets;
    long uid;
    long size = -1;
    long modSeq = -1;
    boolean content;
    @Nullable Set<String> flags;
    @Nullable Instant internalDate;
    @Nullable BodyStructure bodyStructure;
    byte @Nullable [] header;
    Map<String, byte[]> sections = Map.of();
    Map<String, Long> binarySizes = Map.of();
    @Nullable String emailId;
    @Nullable String threadId;
    @Nullable String gmailMessageId;
    @Nullable String gmailThreadId;
    @Nullable List<String> gmailLabels;
    @Nullable String guid;
    @Nullable String preview;
    Set<String> broken = Set.of();

    void section(String name, byte[] bytes) {
      if (sections.isEmpty()) {
        sections = new HashMap<>();
      }
      sections.put(name, bytes);
    }

    void binarySize(String part, long octets) {
      if (binarySizes.isEmpty()) {
        binarySizes = new HashMap<>();
      }
      binarySizes.put(part, octets);
    }

    void broken(String item) {
      if (broken.isEmpty()) {
        broken = new LinkedHashSet<>();
      }
      broken.add(item);
    }
  }
}
