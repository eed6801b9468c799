package org.jmapproxy.backend.imap.internal.protocol.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jmapproxy.backend.imap.internal.protocol.AppendedUid;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.mail.mime.parse.MessageLayout;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.PartLayout;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our own parser finds the parts that a real server finds, under the same numbers. */
class ParsedStructureTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  private static final FetchRequest STRUCTURE = FetchRequest.builder().bodyStructure().build();

  /** What a client sees of a leaf in both. */
  private record Leaf(String section, String type, long size, long lines, String encoding) {

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

  @Test
  void partsOfOddMessagesAreNumberedAndMeasuredAsTheServerDoes() {
    SoftAssertions all = new SoftAssertions();
    try (ImapConnection connection = dovecot.connect("structures")) {
      connection.select("INBOX");
      for (String name : names()) {
        long uid = append(connection, OddMessages.message(name));
        MessageLayout parsed = parse(connection, uid);
        all.assertThat(leaves(parsed))
            .as(name)
            .usingElementComparator((ours, theirs) -> ours.agreesWith(theirs) ? 0 : 1)
            .containsExactlyElementsOf(leaves(structure(connection, uid)));
      }
    }
    all.assertAll();
  }

  @Test
  void tooDeepAndTooManyPartsEndWhereTheServerEnds() {
    try (ImapConnection connection = dovecot.connect("deep")) {
      connection.select("INBOX");
      for (byte[] message : List.of(nested(200), attached(200), many(10_050))) {
        long uid = append(connection, message);
        List<Leaf> expected = leaves(structure(connection, uid));
        List<Leaf> found = leaves(parse(connection, uid));
        assertThat(found.stream().limit(20_000).toList())
            .isEqualTo(expected.stream().limit(20_000).toList());
      }
    }
  }

  /** IMAP carries no NUL. */
  private static List<String> names() {
    return OddMessages.names().stream().filter(name -> !name.equals("nul")).toList();
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
        .map(ParsedStructureTest::leaf)
        .toList();
  }

  private static Leaf leaf(PartLayout layout) {
    var part = layout.part();
    long lines = part.isText() ? part.lines() : 0;
    return new Leaf(layout.section(), part.type(), part.size(), lines, part.transferEncoding());
  }

  private static List<Leaf> leaves(BodyStructure structure) {
    return all(structure)
        .filter(part -> !part.isMultipart())
        .map(ParsedStructureTest::leaf)
        .toList();
  }

  /** We do not look into messages that are encoded, which they must not be (RFC 2046 5.2.1). */
  private static Stream<BodyStructure> all(BodyStructure node) {
    boolean opaque = node.isMessage() && node.encoding().equals("base64");
    return opaque
        ? Stream.of(node)
        : Stream.concat(Stream.of(node), node.parts().stream().flatMap(ParsedStructureTest::all));
  }

  private static Leaf leaf(BodyStructure part) {
    boolean text = part.type().equals("text");
    long lines = text ? Math.max(0, part.lines()) : 0;
    return new Leaf(part.section(), part.mediaType(), part.size(), lines, part.encoding());
  }

  private static byte[] nested(int levels) {
    StringBuilder message = new StringBuilder();
    for (int i = 0; i < levels; i++) {
      message.append("Content-Type: multipart/mixed; boundary=b").append(i).append("x\r\n\r\n");
      message.append("--b").append(i).append("x\r\n");
    }
    return octets(message.append("\r\ninside\r\n"));
  }

  private static byte[] attached(int levels) {
    return octets(
        new StringBuilder("Content-Type: message/rfc822\r\n\r\n".repeat(levels))
            .append("\r\ninside\r\n"));
  }

  private static byte[] many(int parts) {
    return octets(
        new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n")
            .append("--b\r\n\r\nx\r\n".repeat(parts))
            .append("--b--\r\n"));
  }

  private static byte[] octets(StringBuilder text) {
    return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }
}
