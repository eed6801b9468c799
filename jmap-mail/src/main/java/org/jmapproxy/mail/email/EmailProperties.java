package org.jmapproxy.mail.email;

import java.util.List;
import java.util.Set;
import org.jmapproxy.mail.header.HeaderProperty;

/** Which parts of an {@link Email} its properties are made of. */
public final class EmailProperties {

  private static final Set<String> OF_HEADERS =
      Set.of(
          "headers",
          "messageId",
          "inReplyTo",
          "references",
          "sender",
          "from",
          "to",
          "cc",
          "bcc",
          "replyTo",
          "subject",
          "sentAt");

  private static final Set<String> OF_STRUCTURE =
      Set.of("bodyStructure", "textBody", "htmlBody", "attachments", "bodyValues");

  /** The properties of a body part that are returned when none are asked for (section 4.2). */
  static final List<String> DEFAULT_OF_PARTS =
      List.of(
          "partId",
          "blobId",
          "size",
          "name",
          "type",
          "charset",
          "disposition",
          "cid",
          "language",
          "location");

  private EmailProperties() {}

  /** Whether {@link Email#headers} must be read to render these properties. */
  public static boolean needsHeaders(Set<String> properties) {
    return properties.stream()
        .anyMatch(name -> OF_HEADERS.contains(name) || HeaderProperty.isClaimedBy(name));
  }

  /** Whether {@link Email#bodyStructure} must be read to render these properties. */
  public static boolean needsStructure(Set<String> properties) {
    return properties.stream().anyMatch(OF_STRUCTURE::contains);
  }
}
