package org.jmapproxy.backend.imap.internal.sync;

import java.io.ByteArrayInputStream;
import org.jmapproxy.backend.imap.internal.protocol.fetch.BodyStructure;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.BodyPartBuilder;
import org.jmapproxy.mail.mime.parse.MessageParser;

/** Turns BODYSTRUCTURE into the part tree of jmap-mail. */
final class PartTree {
  private static final String TEXT = "text/plain";

  private PartTree() {}

  /**
   * The tree of a message.
   *
   * @param header its header: where the server can make nothing of the type, our parser may
   */
  static BodyPart of(BodyStructure root, byte[] header) {
    return isClear(root) ? of(root) : guessed(root, header);
  }

  private static BodyPart guessed(BodyStructure root, byte[] header) {
    BodyPart guess = MessageParser.standard().parse(new ByteArrayInputStream(header)).structure();
    boolean container = guess.isMultipart() || guess.type().startsWith("message/");
    BodyPartBuilder part = BodyPart.builder(container ? TEXT : guess.type());
    guess.charset().ifPresent(part::charset);
    guess.name().ifPresent(part::name);
    return described(part, root);
  }

  private static BodyPart of(BodyStructure node) {
    String type = isClear(node) ? node.mediaType() : TEXT;
    return described(BodyPart.builder(type).parameters(node.parameters()), node);
  }

  private static BodyPart described(BodyPartBuilder part, BodyStructure node) {
    node.disposition().ifPresent(value -> part.disposition(value, node.dispositionParameters()));
    node.contentId().ifPresent(part::cid);
    node.location().ifPresent(part::location);
    if (!node.languages().isEmpty()) {
      part.language(node.languages());
    }
    if (node.isMultipart()) {
      return part.subParts(node.parts().stream().map(PartTree::of).toList()).build();
    }
    return part.partId(node.section())
        .transferEncoding(node.encoding())
        .size(Math.max(0, node.size()))
        .lines(Math.max(0, node.lines()))
        .build();
  }

  /** Dovecot answers with empty strings where a Content-Type is malformed. */
  private static boolean isClear(BodyStructure node) {
    return node.isMultipart() || (!node.type().isBlank() && !node.subtype().isBlank());
  }
}
