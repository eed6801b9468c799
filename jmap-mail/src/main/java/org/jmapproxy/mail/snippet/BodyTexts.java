package org.jmapproxy.mail.snippet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.PartBlobId;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.HtmlText;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.parse.BodyText;

/**
 * Reads the text parts of Emails as plain text.
 *
 * @param call what the blob role is told
 * @param blobs finds the parts
 */
record BodyTexts(CallContext call, BlobRole blobs) {

  /** Of a longer part the beginning is looked at. */
  private static final int MOST_OCTETS = 1 << 20;

  private static final int MOST_PARTS = 32;

  /** The texts, those that are shown first, with single spaces; each is read when it is reached. */
  Stream<String> of(Email email) {
    return email.bodyStructure().map(BodyTexts::parts).orElse(Set.of()).stream()
        .limit(MOST_PARTS)
        .flatMap(part -> read(email, part).stream());
  }

  private static Set<BodyPart> parts(BodyPart root) {
    MessageBody body = MessageBody.of(root);
    Set<BodyPart> parts = new LinkedHashSet<>();
    Stream.of(body.textBody(), body.htmlBody(), body.attachments())
        .forEach(list -> list.stream().filter(BodyPart::isText).forEach(parts::add));
    return parts;
  }

  private Optional<String> read(Email email, BodyPart part) {
    return part.partId()
        .flatMap(partId -> PartBlobId.of(email.blobId(), partId))
        .flatMap(blobId -> blobs.find(call, blobId))
        .map(blob -> text(part, blob));
  }

  private static String text(BodyPart part, Blob blob) {
    byte[] octets = read(blob);
    String text = BodyText.of(part, octets, octets.length < MOST_OCTETS, 0).text();
    String plain = part.type().equals("text/html") ? HtmlText.of(text) : text;
    return plain.replaceAll("[\\s\\p{Z}\\p{Cc}]+", " ").strip();
  }

  private static byte[] read(Blob blob) {
    try (InputStream in = blob.open()) {
      return in.readNBytes(MOST_OCTETS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
