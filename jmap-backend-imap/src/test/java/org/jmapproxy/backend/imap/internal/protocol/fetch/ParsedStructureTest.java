package org.jmapproxy.backend.imap.internal.protocol.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Our own parser finds the parts that a real server finds, under the same numbers. */
class ParsedStructureTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  @Test
  void partsOfOddMessagesAreNumberedAndMeasuredAsTheServerDoes() {
    SoftAssertions all = new SoftAssertions();
    try (ImapConnection connection = dovecot.connect("structures")) {
      connection.select("INBOX");
      for (String name : names()) {
        ComparedStructure both = ComparedStructure.of(connection, OddMessages.message(name));
        all.assertThat(both.ours())
            .as(name)
            .usingElementComparator((ours, theirs) -> ours.agreesWith(theirs) ? 0 : 1)
            .containsExactlyElementsOf(both.theirs());
      }
    }
    all.assertAll();
  }

  @Test
  void tooDeepAndTooManyPartsEndWhereTheServerEnds() {
    try (ImapConnection connection = dovecot.connect("deep")) {
      connection.select("INBOX");
      for (byte[] message : List.of(nested(200), attached(200), many(10_050))) {
        ComparedStructure both = ComparedStructure.of(connection, message);
        assertThat(both.ours().stream().limit(20_000).toList())
            .isEqualTo(both.theirs().stream().limit(20_000).toList());
      }
    }
  }

  /** IMAP carries no NUL. */
  private static List<String> names() {
    return OddMessages.names().stream().filter(name -> !name.equals("nul")).toList();
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
