package org.jmapproxy.mail.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.Preview;
import org.jmapproxy.mail.mime.PreviewPart;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.MessageLayout;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.PartLayout;

/**
 * A message that is not in the mail store, taken apart (RFC 8621 section 4.9). As a blob role it
 * finds itself and its parts without parsing the message again.
 *
 * @param blobId the message
 * @param message its octets
 * @param layout where its parts are
 * @param parts the parts by number
 * @param others finds all other blobs
 */
record ParsedEmail(
    Id blobId, Blob message, MessageLayout layout, Map<String, PartLayout> parts, BlobRole others)
    implements BlobRole {

  private static final int PREVIEW_OCTETS = 16 * Preview.PREFIX_OCTETS;

  /** Parses a message. */
  static ParsedEmail of(Id blobId, Blob message, BlobRole others) {
    try (InputStream in = message.open()) {
      MessageLayout layout = MessageParser.standard().parse(in);
      Map<String, PartLayout> parts = new HashMap<>();
      layout.all().forEach(part -> part.part().partId().ifPresent(id -> parts.put(id, part)));
      return new ParsedEmail(blobId, message, layout, parts, others);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The Email, in which the properties of the mail store have no meaning. */
  Email email(Set<String> properties) {
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
        .map(parts::get)
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

  @Override
  public UploadedBlob upload(CallContext context, String type, InputStream data) {
    return others.upload(context, type, data);
  }

  @Override
  public Optional<Blob> find(CallContext context, Id wanted) {
    if (wanted.equals(blobId)) {
      return Optional.of(message);
    }
    return PartBlobId.parse(wanted)
        .filter(id -> id.messageBlobId().equals(blobId))
        .<Blob>flatMap(
            id ->
                Optional.ofNullable(parts.get(id.partId()))
                    .map(part -> new PartBlob(message, part)))
        .or(() -> others.find(context, wanted));
  }
}
