package org.jmapproxy.backend.imap.internal.body;

import java.util.Optional;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.PartBlobId;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.TransferEncoding;

/**
 * A section of a message that is kept as a file.
 *
 * @param name of the file; for messages and parts their blob id
 * @param blobId the message's
 * @param section as IMAP names it: the empty text for the whole message, {@code 2.1}, {@code
 *     HEADER}
 * @param size octets on the wire as the server announced them, or an estimate
 * @param encoding what is decoded before it is kept
 */
record Section(String name, Id blobId, String section, long size, TransferEncoding encoding) {

  /** A message. */
  static Section whole(Id blobId, long size) {
    return new Section(blobId.value(), blobId, "", size, TransferEncoding.IDENTITY);
  }

  /** The content of a part; none for multiparts, and for parts too deep to have a blob id. */
  static Optional<Section> part(Id blobId, BodyPart part) {
    return part.partId()
        .flatMap(
            partId ->
                PartBlobId.of(blobId, partId)
                    .map(
                        id ->
                            new Section(id.value(), blobId, partId, part.size(), part.encoding())));
  }

  /** Whether it is the message itself. */
  boolean isWhole() {
    return section.isEmpty();
  }
}
