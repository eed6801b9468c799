package org.jmapproxy.mail.snippet;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.ContentRequest;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailContents;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.HtmlText;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.parse.BodyText;

/**
 * Reads the text parts of Emails as plain text.
 *
 * @param contents the messages
 */
record BodyTexts(EmailContents contents) {

  /** Of a longer part the beginning is looked at. */
  private static final int MOST_OCTETS = 1 << 20;

  private static final int MOST_PARTS = 32;

  /** Opens the messages of Emails that have their structures. */
  static BodyTexts open(CallContext call, Roles roles, List<Email> emails) {
    return new BodyTexts(
        EmailContents.prepare(call, roles, emails.stream().map(BodyTexts::request).toList()));
  }

  private static ContentRequest request(Email email) {
    Set<String> parts =
        parts(email).flatMap(part -> part.partId().stream()).collect(Collectors.toSet());
    return new ContentRequest(email, parts, Set.of(), false);
  }

  /** The texts, those that are shown first, with single spaces; each is read when it is reached. */
  Stream<String> of(Email email) {
    return parts(email).flatMap(part -> read(email, part).stream());
  }

  private static Stream<BodyPart> parts(Email email) {
    return email.bodyStructure().map(BodyTexts::parts).orElse(Set.of()).stream().limit(MOST_PARTS);
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
        .flatMap(partId -> contents.of(email).part(partId))
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
