package org.jmapproxy.backend.imap.internal.body;

import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.PartBlobId;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.TransferEncoding;

/**
 * Something of a message that is kept in the cache.
 *
 * @param kind the octets of a section, or how many they are
 * @param name in the cache; for messages and parts their blob id
 * @param blobId the message's
 * @param section as IMAP names it: the empty text for the whole message, {@code 2.1}, {@code
 *     HEADER}
 * @param size octets on the wire as the server announced them, or an estimate
 * @param encoding what is decoded before it is kept
 */
record Section(
    Kind kind, String name, Id blobId, String section, long size, TransferEncoding encoding) {

  /** What is kept. */
  enum Kind {
    /** Octets. */
    CONTENT,
    /** The decimal number of octets after decoding. */
    SIZE
  }

  /** A message. */
  static Section whole(Id blobId, long size) {
    return new Section(Kind.CONTENT, blobId.value(), blobId, "", size, TransferEncoding.IDENTITY);
  }

  /** The content of a part; none for multiparts, and for parts too deep to have a blob id. */
  static Optional<Section> part(Id blobId, BodyPart part) {
    return part.partId()
        .flatMap(
            partId ->
                PartBlobId.of(blobId, partId)
                    .map(
                        id ->
                            new Section(
                                Kind.CONTENT,
                                id.value(),
                                blobId,
                                partId,
                                part.size(),
                                part.encoding())));
  }

  /** The note of how long this section is after decoding. */
  Section itsSize() {
    return new Section(
        Kind.SIZE, name + "-size", blobId, section, Long.BYTES, TransferEncoding.IDENTITY);
  }
}
