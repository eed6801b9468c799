package org.jmapproxy.mail.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.Preview;
import org.jmapproxy.mail.mime.PreviewPart;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.MessageLayout;
import org.jmapproxy.mail.mime.parse.PartLayout;

/**
 * A message that is not in the mail store, taken apart (RFC 8621 section 4.9).
 *
 * @param blobId the message
 * @param message its octets
 * @param content its parts
 */
record ParsedEmail(Id blobId, Blob message, ParsedContent content) {

  private static final int PREVIEW_OCTETS = 16 * Preview.PREFIX_OCTETS;

  /** Parses a message. */
  static ParsedEmail of(Id blobId, Blob message) {
    return new ParsedEmail(blobId, message, ParsedContent.of(message));
  }

  /** The Email, in which the properties of the mail store have no meaning. */
  Email email(Set<String> properties) {
    MessageLayout layout = content.layout();
    BodyPart structure = layout.structure();
    return new Email(
        blobId,
        blobId,
        blobId,
        Set.of(),
        Set.of(),
        layout.size(),
        Instant.EPOCH,
        MessageBody.of(structure).hasAttachment(),
        properties.contains("preview") ? preview(structure) : "",
        Optional.of(new MessageContent(message).header(layout.root())),
        Optional.of(structure));
  }

  private String preview(BodyPart structure) {
    return PreviewPart.choose(structure)
        .flatMap(BodyPart::partId)
        .flatMap(content::find)
        .map(part -> Preview.of(part.part(), beginning(part)))
        .orElse("");
  }

  private byte[] beginning(PartLayout part) {
    try (InputStream in = new MessageContent(message).encoded(part)) {
      return in.readNBytes(PREVIEW_OCTETS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
