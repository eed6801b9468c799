package org.jmapproxy.backend.imap.internal.sync;

import org.jmapproxy.backend.imap.internal.protocol.fetch.BodyStructure;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.BodyPartBuilder;

/** Turns BODYSTRUCTURE into the part tree of jmap-mail. */
final class PartTree {
  private PartTree() {}

  static BodyPart of(BodyStructure node) {
    BodyPartBuilder part = BodyPart.builder(node.mediaType()).parameters(node.parameters());
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
}
