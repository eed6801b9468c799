package org.jmapproxy.backend.imap.internal.protocol.fetch;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.AppendedUid;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.mail.mime.parse.MessageLayout;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.PartLayout;

/**
 * One message in both views.
 *
 * @param ours the leaves that our parser finds in what the server keeps
 * @param theirs the leaves of the server's BODYSTRUCTURE
 */
record ComparedStructure(List<Leaf> ours, List<Leaf> theirs) {
  private static final FetchRequest STRUCTURE = FetchRequest.builder().bodyStructure().build();

  /** What a client sees of a leaf in both. */
  record Leaf(String section, String type, long size, long lines, String encoding) {

    /**
     * Where a Content-Type or an encoding is malformed, the server says that it knows nothing, and
     * we guess. The line break before a boundary the server counts with an attached message if the
     * message ends in a header or behind a multipart; it belongs to the boundary (RFC 2046 5.1.1).
     */
    boolean agreesWith(Leaf server) {
      boolean malformed = server.type().endsWith("/");
      long surplus = type.equals("message/rfc822") ? server.size() - size : 0;
      return section.equals(server.section())
          && (malformed || (type.equals(server.type()) && lines == server.lines()))
          && size == server.size() - (surplus == 2 ? 2 : 0)
          && (encoding.equals(server.encoding()) || server.encoding().equals("7bit"));
    }
  }

  /** Whether the parts are the same. */
  boolean agrees() {
    return ours.size() == theirs.size()
        && IntStream.range(0, ours.size()).allMatch(i -> ours.get(i).agreesWith(theirs.get(i)));
  }

  /** Stores a message in the selected INBOX and looks at it. */
  static ComparedStructure of(ImapConnection connection, byte[] message) {
    long uid = append(connection, message);
    return new ComparedStructure(
        leaves(parse(connection, uid)), leaves(structure(connection, uid)));
  }

  private static long append(ImapConnection connection, byte[] message) {
    Optional<AppendedUid> where =
        connection
            .messages()
            .append(
                "INBOX",
                Set.of(),
                Optional.empty(),
                message.length,
                new ByteArrayInputStream(message));
    return where.orElseThrow().uid();
  }

  private static BodyStructure structure(ImapConnection connection, long uid) {
    List<FetchedMessage> fetched = new ArrayList<>();
    connection.messages().fetch(UidSet.of(uid), STRUCTURE, fetched::add);
    return fetched.get(0).bodyStructure().orElseThrow();
  }

  private static MessageLayout parse(ImapConnection connection, long uid) {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    connection.messages().download(uid, "", -1, Long.MAX_VALUE, message);
    return MessageParser.standard().parse(new ByteArrayInputStream(message.toByteArray()));
  }

  private static List<Leaf> leaves(MessageLayout layout) {
    return layout
        .all()
        .filter(part -> !part.part().isMultipart())
        .map(ComparedStructure::leaf)
        .toList();
  }

  private static Leaf leaf(PartLayout layout) {
    var part = layout.part();
    long lines = part.isText() ? part.lines() : 0;
    return new Leaf(layout.section(), part.type(), part.size(), lines, part.transferEncoding());
  }

  private static List<Leaf> leaves(BodyStructure structure) {
    return all(structure).filter(part -> !part.isMultipart()).map(ComparedStructure::leaf).toList();
  }

  /** We do not look into messages that are encoded, which they must not be (RFC 2046 5.2.1). */
  private static Stream<BodyStructure> all(BodyStructure node) {
    boolean opaque = node.isMessage() && node.encoding().equals("base64");
    return opaque
        ? Stream.of(node)
        : Stream.concat(Stream.of(node), node.parts().stream().flatMap(ComparedStructure::all));
  }

  private static Leaf leaf(BodyStructure part) {
    boolean text = part.type().equals("text");
    long lines = text ? Math.max(0, part.lines()) : 0;
    return new Leaf(part.section(), part.mediaType(), part.size(), lines, part.encoding());
  }
}
