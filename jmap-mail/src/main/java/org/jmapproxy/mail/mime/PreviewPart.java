package org.jmapproxy.mail.mime;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides which part of a message its preview is made from. */
public final class PreviewPart {
  /** A text/plain alternative below this size says nothing; its HTML does. */
  private static final long SMALLEST_TEXT = 8;

  private PreviewPart() {}

  /**
   * The part to fetch the first octets of: the first text to be shown, plain before HTML, tiny
   * parts only if there is nothing else.
   *
   * @param bodyStructure the root part
   * @return empty if the message shows no text; its preview is empty then
   */
  public static Optional<BodyPart> choose(BodyPart bodyStructure) {
    MessageBody body = MessageBody.of(bodyStructure);
    List<BodyPart> texts =
        Stream.concat(body.textBody().stream(), body.htmlBody().stream())
            .filter(BodyPart::isText)
            .toList();
    return texts.stream()
        .filter(part -> part.estimatedDecodedSize() >= SMALLEST_TEXT)
        .findFirst()
        .or(() -> texts.stream().findFirst());
  }
}
