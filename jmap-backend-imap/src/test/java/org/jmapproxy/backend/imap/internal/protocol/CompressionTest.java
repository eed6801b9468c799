package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapLimitException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.SampleMessages;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** COMPRESS=DEFLATE with a real server, and with one that means harm. */
class CompressionTest {
  @RegisterExtension
  static final DovecotServer dovecot =
      DovecotServer.builder()
          .configuration("protocol imap {\n  mail_plugins = $mail_plugins imap_zlib\n}\n")
          .build();

  @Test
  void everythingGoesBothWaysAsWithout() throws InterruptedException {
    dovecot.seed("ann", "INBOX", 200);
    try (ImapConnection connection = dovecot.connect("ann")) {
      assertThat(connection.compress()).isTrue();
      connection.select("INBOX");
      byte[] message = SampleMessages.message("INBOX", 7);
      AppendedUid where =
          connection
              .messages()
              .append(
                  "INBOX",
                  Set.of("\\Seen"),
                  Optional.empty(),
                  message.length,
                  new ByteArrayInputStream(message))
              .orElseThrow();
      connection.noop();
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      connection.messages().download(where.uid(), "", -1, Long.MAX_VALUE, read);
      assertThat(read.toByteArray()).isEqualTo(message);
      int[] headers = {0};
      connection
          .messages()
          .fetch(
              UidSet.from(1),
              FetchRequest.builder().header().bodyStructure().build(),
              fetched -> headers[0] += fetched.header().isPresent() ? 1 : 0);
      assertThat(headers[0]).isEqualTo(201);

      Idle idle = connection.idle();
      Thread stopping = new Thread(idle::stop);
      stopping.start();
      assertThat(idle.run(Duration.ofSeconds(30))).isTrue();
      stopping.join();
      connection.logout();
    }
  }

  @Test
  void aServerMayRefuseAndGoOnWithout() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1 COMPRESS=DEFLATE")
                .on("COMPRESS .*", "$ NO [COMPRESSIONACTIVE] TLS does that\r\n")
                .start();
        ImapConnection connection = server.connect()) {
      assertThat(connection.compress()).isFalse();
      connection.noop();
    }
  }

  @Test
  void aFewBytesThatSwellToALineWithoutEndAreGivenUp() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1 COMPRESS=DEFLATE")
                .on("COMPRESS .*", (tag, out) -> bomb(tag, "* X ", out))
                .start();
        ImapConnection connection = server.connect()) {
      assertThat(connection.compress()).isTrue();
      assertThatExceptionOfType(ImapLimitException.class).isThrownBy(connection::noop);
    }
  }

  @Test
  void aFewBytesThatSwellToAHugeLiteralAreGivenUp() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1 COMPRESS=DEFLATE")
                .on(
                    "COMPRESS .*",
                    (tag, out) -> bomb(tag, "* 1 FETCH (BODY[] {1073741824}\r\n", out))
                .start();
        ImapConnection connection = server.connect()) {
      assertThat(connection.compress()).isTrue();
      assertThatExceptionOfType(ImapLimitException.class).isThrownBy(connection::noop);
    }
  }

  @Test
  void dataThatAreNotCompressedEndTheConnection() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1 COMPRESS=DEFLATE")
                .on("COMPRESS .*", "$ OK go\r\n\u00ff\u00ff\u00ff\u00ff* 1 EXISTS\r\n")
                .start();
        ImapConnection connection = server.connect()) {
      assertThat(connection.compress()).isTrue();
      assertThatExceptionOfType(ImapConnectionLostException.class).isThrownBy(connection::noop);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  /** Says OK, and in the same breath 100 MiB of one letter, packed into 100 KiB. */
  private static void bomb(String tag, String beginning, OutputStream out)
      throws java.io.IOException {
    out.write((tag + " OK go\r\n").getBytes(StandardCharsets.US_ASCII));
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    DeflaterOutputStream packed = new DeflaterOutputStream(out, deflater, true);
    packed.write(beginning.getBytes(StandardCharsets.US_ASCII));
    byte[] letters = "a".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100; i++) {
      packed.write(letters);
    }
    packed.flush();
    deflater.end();
  }
}
