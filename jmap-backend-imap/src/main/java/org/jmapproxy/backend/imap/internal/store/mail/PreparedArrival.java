package org.jmapproxy.backend.imap.internal.store.mail;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.SubjectBase;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.thread.Connections;

/**
 * A message taken apart, so that nothing is left to do inside a transaction but to write it.
 *
 * @param uid its UID
 * @param flags its flags
 * @param modSeq its mod-sequence, or 0
 * @param receivedAt in milliseconds
 * @param sentAt in milliseconds, if the message tells
 * @param size in octets
 * @param header the whole header
 * @param envelope what lists show of it
 * @param structure the encoded MIME structure
 * @param preview the beginning of its text
 * @param hasAttachment whether there is something to download
 * @param keys what it is sorted by
 * @param texts what filters look into
 * @param connections what threads it
 * @param digest of the header, the size and the date, of a message with a Message-ID
 * @param serverIds what the server says
 * @param labels its Gmail labels as they are stored
 */
@SuppressWarnings("ArrayRecordComponent") // one per message of a first sync; never compared
record PreparedArrival(
    long uid,
    FlagSet flags,
    long modSeq,
    long receivedAt,
    OptionalLong sentAt,
    long size,
    byte[] header,
    byte[] envelope,
    byte[] structure,
    String preview,
    boolean hasAttachment,
    SortKeys keys,
    SearchTexts texts,
    Connections connections,
    Optional<ByteBuffer> digest,
    ServerIds serverIds,
    String labels) {

  private static final int DIGEST_LENGTH = 16;

  /**
   * What Emails are sorted by (RFC 8621 section 4.4.2), caseless.
   *
   * @param subject the base subject
   * @param from name or address of the first sender
   * @param to name or address of the first recipient
   */
  record SortKeys(String subject, String from, String to) {

    private static final int LONGEST = 250;

    private static SortKeys of(HeaderBlock header) {
      return new SortKeys(
          cut(header.text("Subject").map(SubjectBase::sortKey).orElse("")),
          cut(EmailSorts.firstAddress(header, "From")),
          cut(EmailSorts.firstAddress(header, "To")));
    }

    private static String cut(String key) {
      return key.length() > LONGEST ? key.substring(0, LONGEST) : key;
    }
  }

  static PreparedArrival of(Arrival arrival) {
    byte[] envelope = Envelope.of(arrival.header());
    HeaderBlock fields = HeaderBlock.of(envelope);
    Connections connections = Connections.of(fields);
    return new PreparedArrival(
        arrival.uid(),
        FlagSet.ofImap(arrival.flags()),
        arrival.modSeq(),
        arrival.internalDate().toEpochMilli(),
        fields
            .date("Date")
            .map(date -> OptionalLong.of(date.toInstant().toEpochMilli()))
            .orElse(OptionalLong.empty()),
        arrival.size(),
        arrival.header(),
        envelope,
        StructureCodec.encode(arrival.structure()),
        arrival.preview(),
        MessageBody.of(arrival.structure()).hasAttachment(),
        SortKeys.of(fields),
        SearchTexts.of(fields),
        connections,
        connections.messageId().map(id -> digest(arrival)),
        arrival.serverIds(),
        Labels.joined(arrival.labels()));
  }

  private static ByteBuffer digest(Arrival arrival) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(arrival.header());
      ByteBuffer numbers = ByteBuffer.allocate(16);
      numbers.putLong(arrival.size()).putLong(arrival.internalDate().getEpochSecond());
      byte[] digest = sha.digest(numbers.array());
      return ByteBuffer.wrap(Arrays.copyOf(digest, DIGEST_LENGTH)).asReadOnlyBuffer();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
