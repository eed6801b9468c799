package org.jmapproxy.backend.imap.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connecting, TLS and login. */
class ImapConnectionTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  @ParameterizedTest
  @EnumSource(TlsMode.class)
  void everyTlsModeReachesTheMailbox(TlsMode tls) {
    try (ImapConnection connection =
        ImapConnection.open(dovecot.endpoint(tls), dovecot.credentials("tls"))) {
      assertThat(connection.select("INBOX").name()).isEqualTo("INBOX");
      assertThat(connection.capabilities().has("IDLE")).isTrue();
      connection.logout();
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void aCertificateThatNobodyTrustsIsRefused() {
    ImapEndpoint strict = ImapEndpoint.of("127.0.0.1", dovecot.imapsPort(), TlsMode.IMPLICIT);
    assertThat(failure(strict).reason()).isEqualTo(Reason.TLS);
    ImapEndpoint startTls = ImapEndpoint.of("127.0.0.1", dovecot.imapPort(), TlsMode.STARTTLS);
    assertThat(failure(startTls).reason()).isEqualTo(Reason.TLS);
  }

  @Test
  void aTrustedCertificateMustNameTheHost() throws Exception {
    SSLContext context = trusting(dovecot.certificate());
    ImapEndpoint endpoint =
        ImapEndpoint.of("127.0.0.1", dovecot.imapsPort(), TlsMode.IMPLICIT).withSslContext(context);
    ImapConnection.open(endpoint, dovecot.credentials("tls")).logout();

    SocketConnector anywhere =
        (host, port, timeout) -> SocketConnector.DIRECT.connect("127.0.0.1", port, timeout);
    ImapEndpoint misnamed =
        ImapEndpoint.of("imap.example.org", dovecot.imapsPort(), TlsMode.IMPLICIT)
            .withSslContext(context)
            .withConnector(anywhere);
    assertThat(failure(misnamed).reason()).isEqualTo(Reason.TLS);
  }

  @Test
  void withoutStartTlsNoPasswordIsSent() {
    try (ScriptedImapServer server = ScriptedImapServer.offering("IMAP4rev1 AUTH=PLAIN").start()) {
      ImapEndpoint endpoint = ImapEndpoint.of("127.0.0.1", server.port(), TlsMode.STARTTLS);
      assertThat(failure(endpoint).reason()).isEqualTo(Reason.TLS);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void plainTextSmuggledBehindStartTlsEndsTheConnection() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 STARTTLS")
            .on("STARTTLS", "$ OK go\r\n* CAPABILITY IMAP4rev1\r\n")
            .start()) {
      ImapEndpoint endpoint = ImapEndpoint.of("127.0.0.1", server.port(), TlsMode.STARTTLS);
      assertThat(failure(endpoint).reason()).isEqualTo(Reason.TLS);
    }
  }

  @Test
  void aWrongPasswordIsAnAuthenticationFailureAndNeverShown() {
    ImapAuthenticationException failure =
        catchThrowableOfType(
            ImapAuthenticationException.class,
            () ->
                ImapConnection.open(
                    dovecot.endpoint(TlsMode.PLAIN),
                    ImapCredentials.password("u", "wr0ng-secret")));
    assertThat(failure.code().name()).isEqualTo("AUTHENTICATIONFAILED");
    assertThat(failure).hasMessageNotContaining("wr0ng-secret");
    assertThat(ImapCredentials.password("u", "wr0ng-secret").toString())
        .doesNotContain("wr0ng-secret");
  }

  @Test
  void loginWorksWithoutSasl() {
    try (ScriptedImapServer server = ScriptedImapServer.offering("IMAP4rev1 LITERAL+").start()) {
      ImapConnection.open(server.endpoint(), ImapCredentials.password("jö", "p\"w")).logout();
      assertThat(server.received()).first().isEqualTo("LOGIN jö \"p\\\"w\"");
    }
  }

  @Test
  void saslWithoutInitialResponseWaitsForTheServer() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 AUTH=PLAIN")
            .on("AUTHENTICATE PLAIN", "+ \r\n")
            .on("AHUAcA==", (tag, out) -> out.write("a1 OK in\r\n".getBytes(UTF_8)))
            .start()) {
      ImapConnection.open(server.endpoint(), ImapCredentials.password("u", "p")).logout();
      assertThat(server.received())
          .containsSubsequence("AUTHENTICATE PLAIN", "CAPABILITY", "LOGOUT");
    }
  }

  @Test
  void aServerThatIsBusyIsNotAWrongPassword() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1")
            .on("LOGIN.*", "$ NO [UNAVAILABLE] try later\r\n")
            .start()) {
      assertThatExceptionOfType(ImapRefusedException.class)
          .isThrownBy(server::connect)
          .matches(e -> e.code().is("UNAVAILABLE"));
    }
  }

  @Test
  void whereLoginIsDisabledNoPasswordIsSent() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 LOGINDISABLED").start()) {
      assertThatExceptionOfType(ImapAuthenticationException.class)
          .isThrownBy(server::connect)
          .matches(e -> e.code().is("PRIVACYREQUIRED"));
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void unreachableServersAreToldApart() throws Exception {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    assertThat(failure(ImapEndpoint.of("127.0.0.1", unused, TlsMode.PLAIN)).reason())
        .isEqualTo(Reason.REFUSED);
    assertThat(failure(ImapEndpoint.of("no-such-host.invalid", 143, TlsMode.PLAIN)).reason())
        .isEqualTo(Reason.UNKNOWN_HOST);
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      ImapEndpoint endpoint =
          ImapEndpoint.of("127.0.0.1", silent.getLocalPort(), TlsMode.PLAIN)
              .withTimeouts(Duration.ofSeconds(1), Duration.ofMillis(100));
      assertThat(failure(endpoint).reason()).isEqualTo(Reason.TIMEOUT);
    }
    try (ScriptedImapServer web =
        ScriptedImapServer.offering("").greeting("HTTP/1.1 400 Bad Request\r\n\r\n").start()) {
      assertThat(failure(web.endpoint()).reason()).isEqualTo(Reason.NOT_IMAP);
    }
  }

  @Test
  void serverNamesItselfItsNamespacesAndWhatItEnables() {
    try (ImapConnection connection = dovecot.connect("names")) {
      assertThat(connection.id(Map.of("name", "Jö \"x\""))).containsEntry("name", "Dovecot");
      assertThat(connection.namespaces().orElseThrow().personal())
          .containsExactly(new Namespaces.Namespace("", Optional.of('/')));
      assertThat(connection.enable("CONDSTORE", "QRESYNC"))
          .containsAll(List.of("CONDSTORE", "QRESYNC"));
      connection.noop();
    }
  }

  private static ImapConnectionLostException failure(ImapEndpoint endpoint) {
    return catchThrowableOfType(
        ImapConnectionLostException.class,
        () -> ImapConnection.open(endpoint, dovecot.credentials("tls")));
  }

  private static SSLContext trusting(java.nio.file.Path certificate) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(certificate)) {
      store.setCertificateEntry(
          "dovecot", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
