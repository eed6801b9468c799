package org.jmapproxy.mail.mime;

import java.util.List;

/**
 * What of a message is to be shown and what is attached: the decomposition that RFC 8621 section
 * 4.1.4 suggests.
 *
 * @param textBody parts to show, text/plain preferred
 * @param htmlBody parts to show, text/html preferred
 * @param attachments all other parts, depth first
 * @param hasAttachment whether there is something to offer for download: an attachment that is not
 *     inline, not a picture embedded in HTML and not a signature that programs process
 */
public record MessageBody(
    List<BodyPart> textBody,
    List<BodyPart> htmlBody,
    List<BodyPart> attachments,
    boolean hasAttachment) {

  /** Copies the lists. */
  public MessageBody {
    textBody = List.copyOf(textBody);
    htmlBody = List.copyOf(htmlBody);
    attachments = List.copyOf(attachments);
  }

  /**
   * Decomposes a structure. Of a hostile one the first 100 levels and 10,000 parts count.
   *
   * @param bodyStructure the root part
   */
  public static MessageBody of(BodyPart bodyStructure) {
    BodyDecomposition parts = BodyDecomposition.of(bodyStructure);
    return new MessageBody(parts.text, parts.html, parts.attachments, parts.hasAttachment);
  }
}
