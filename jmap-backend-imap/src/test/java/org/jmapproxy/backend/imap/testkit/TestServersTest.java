package org.jmapproxy.backend.imap.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.ImapEndpoint;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The test servers do what tests rely on. */
@Timeout(60)
class TestServersTest {
  @RegisterExtension static final DovecotServer plain = DovecotServer.builder().plainImap().build();

  @RegisterExtension
  static final DovecotServer condstore =
      DovecotServer.builder().condstoreWithoutQresync().format(DovecotServer.Format.SDBOX).build();

  @RegisterExtension
  static final CyrusServer cyrus =
      CyrusServer.builder().withHttp().withLmtp().withSieve().without("OBJECTID").build();

  @RegisterExtension
  static final DovecotServer full = DovecotServer.builder().withSieve().quota(1_000_000).build();

  private static final byte[] MESSAGE = "Subject: x\r\n\r\ny\r\n".getBytes(US_ASCII);

  @Test
  void capabilitiesAreHidden() {
    try (ImapConnection connection = plain.connect("a")) {
      assertThat(connection.capabilities().hasCondstore()).isFalse();
      assertThat(connection.select("INBOX").createsKeywords()).isTrue();
    }
    try (ImapConnection connection = condstore.connect("a")) {
      assertThat(connection.capabilities().hasCondstore()).isTrue();
      assertThat(connection.capabilities().has("QRESYNC")).isFalse();
    }
  }

  @Test
  void cyrusHasFoldersAndHidesCapabilities() {
    cyrus.seed("alice@example.test", "Sub/Folder", 3);
    try (ImapConnection connection = cyrus.connect("alice@example.test")) {
      assertThat(connection.capabilities().has("QRESYNC")).isTrue();
      assertThat(connection.capabilities().has("OBJECTID")).isFalse();
      assertThat(connection.select("Sub/Folder").exists()).isEqualTo(3);
      assertThat(connection.mailboxes().list())
          .extracting(ListedMailbox::name)
          .contains("INBOX", "Drafts", "Sent", "Junk", "Trash", "Archive", "Sub/Folder");
    }
    try (ImapConnection connection =
        ImapConnection.open(cyrus.endpoint(TlsMode.IMPLICIT), cyrus.credentials("bob"))) {
      assertThat(connection.select("INBOX").exists()).isZero();
    }
  }

  @Test
  void otherProtocolsGreetTheirClients() throws IOException {
    assertThat(greeting(cyrus.sievePort())).startsWith("\"IMPLEMENTATION\" \"Cyrus");
    assertThat(greeting(cyrus.lmtpPort())).startsWith("220 ");
    assertThat(greeting(full.sievePort())).startsWith("\"IMPLEMENTATION\" \"Dovecot");
    try (ImapConnection connection = full.connect("a")) {
      assertThat(connection.capabilities().has("QUOTA")).isTrue();
    }
    assertThat(greeting(cyrus.httpPort(), "GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.");
  }

  @Test
  void everyStorageFormatCanBeSeeded() {
    plain.seed("seeded", "Sub/Folder", 7);
    condstore.seed("seeded", "Sub/Folder", 7);
    for (DovecotServer server : Set.of(plain, condstore)) {
      try (ImapConnection connection = server.connect("seeded")) {
        assertThat(connection.select("Sub/Folder").exists()).isEqualTo(7);
      }
    }
  }

  @Test
  void aLostReplyLeavesTheCommandDoneAndItsOutcomeUnknown() {
    try (FaultyProxy proxy = FaultyProxy.to(plain.imapPort())) {
      ImapConnection connection = through(proxy, "lost");
      proxy.loseReplyTo("APPEND");
      assertThatExceptionOfType(ImapConnectionLostException.class)
          .isThrownBy(() -> append(connection))
          .matches(ImapConnectionLostException::outcomeUnknown);
    }
    try (ImapConnection connection = plain.connect("lost")) {
      assertThat(connection.select("INBOX").exists()).isEqualTo(1);
    }
  }

  @Test
  void repliesAreTruncatedStalledAndRefusedOnDemand() {
    try (FaultyProxy proxy = FaultyProxy.to(plain.imapPort())) {
      ImapConnection cut = through(proxy, "faults");
      append(cut);
      cut.select("INBOX");
      proxy.cutAfter(20);
      assertThat(
              lost(() -> cut.messages().download(1, "", -1, 100, OutputStream.nullOutputStream())))
          .isEqualTo(Reason.CLOSED);

      proxy.heal();
      ImapConnection stalled = through(proxy, "faults");
      proxy.stall(true);
      assertThat(lost(stalled::noop)).isEqualTo(Reason.TIMEOUT);

      proxy.heal();
      proxy.refuse(true);
      assertThat(lost(() -> through(proxy, "faults"))).isEqualTo(Reason.CLOSED);
      assertThat(proxy.connections()).isEqualTo(3);
    }
  }

  @Test
  void sessionsCanBeDropped() {
    try (ImapConnection connection = plain.connect("dropped")) {
      plain.dropConnections();
      assertThatExceptionOfType(
              org.jmapproxy.backend.imap.internal.protocol.error.ImapException.class)
          .isThrownBy(connection::noop);
      assertThat(connection.isClosed()).isTrue();
    }
  }

  private static String greeting(int port) throws IOException {
    return greeting(port, "");
  }

  private static String greeting(int port, String question) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(question.getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }

  private static ImapConnection through(FaultyProxy proxy, String user) {
    ImapEndpoint endpoint =
        ImapEndpoint.of("127.0.0.1", proxy.port(), TlsMode.PLAIN)
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(1));
    return ImapConnection.open(endpoint, plain.credentials(user));
  }

  private static void append(ImapConnection connection) {
    connection
        .messages()
        .append(
            "INBOX", Set.of(), Optional.empty(), MESSAGE.length, new ByteArrayInputStream(MESSAGE));
  }

  private static Reason lost(Runnable command) {
    try {
      command.run();
      throw new AssertionError("The command succeeded");
    } catch (ImapConnectionLostException e) {
      return e.reason();
    }
  }
}
