package org.jmapproxy.backend.imap.internal.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.SocketConnector;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.backend.imap.internal.smtp.SmtpRefusedException.Stage;
import org.jmapproxy.backend.imap.testkit.ScriptedSmtpServer;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.mail.submission.EnvelopeAddress;
import org.junit.jupiter.api.Test;

/** What is said to a submission server, and under which protection. */
class SmtpConnectionTest {

  private static final Credentials PASSWORD = Credentials.password("ann", "se cret");
  private static final Credentials TOKEN =
      new Credentials() {
        @Override
        public String username() {
          return "ann,b=c@example.org";
        }

        @Override
        public String secret() {
          return "t0ken";
        }

        @Override
        public Scheme scheme() {
          return Scheme.BEARER;
        }
      };
  private static final MessageTraits PLAIN = new MessageTraits(77, false, false, false, false);

  private static SmtpEndpoint endpoint(ScriptedSmtpServer server, TlsMode tls, boolean trusting) {
    Duration patience = Duration.ofSeconds(10);
    return new SmtpEndpoint(
        "127.0.0.1",
        server.port(),
        tls,
        patience,
        patience,
        patience,
        Optional.empty(),
        trusting,
        SocketConnector.DIRECT);
  }

  private static SmtpConnection begun(
      ScriptedSmtpServer server, TlsMode tls, Credentials credentials) {
    SmtpConnection connection = SmtpConnection.connect(endpoint(server, tls, true));
    connection.begin(credentials);
    return connection;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static EnvelopeAddress with(String email, String... parameters) {
    Map<String, Optional<String>> map = new LinkedHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put(
          parameters[i],
          parameters[i + 1].isEmpty() ? Optional.empty() : Optional.of(parameters[i + 1]));
    }
    return new EnvelopeAddress(email, map, true);
  }

  @Test
  void tlsFromTheStartProtectsEverything() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.underTls("AUTH PLAIN")) {
      begun(server, TlsMode.IMPLICIT, PASSWORD).quit();
      assertThat(server.heard()).hasSize(2).allMatch(ScriptedSmtpServer.Heard::underTls);
      assertThat(server.lines().get(1)).isEqualTo("AUTH PLAIN " + base64("\0ann\0se cret"));
    }
  }

  @Test
  void startTlsComesBeforeThePasswordAndWhatWasOfferedBeforeIsForgotten() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.offering("STARTTLS", "AUTH PLAIN", "DSN")) {
      SmtpConnection connection = begun(server, TlsMode.STARTTLS, PASSWORD);
      assertThat(connection.extensions().has("STARTTLS")).isFalse();
      connection.quit();
      assertThat(server.lines().stream().map(line -> line.split(" ", 2)[0]))
          .containsExactly("EHLO", "STARTTLS", "EHLO", "AUTH");
      assertThat(server.heard().stream().map(ScriptedSmtpServer.Heard::underTls))
          .containsExactly(false, false, true, true);
    }
  }

  @Test
  void noPasswordIsSentWhenSomebodyHidesStartTls() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.offering("AUTH PLAIN")) {
      assertThatExceptionOfType(SmtpUntrustedException.class)
          .isThrownBy(() -> begun(server, TlsMode.STARTTLS, PASSWORD));
      assertThat(server.lines()).hasSize(1).allMatch(line -> line.startsWith("EHLO"));
    }
  }

  @Test
  void noPasswordIsSentWhenSomebodyRefusesStartTls() {
    try (ScriptedSmtpServer server =
        ScriptedSmtpServer.offering("STARTTLS", "AUTH PLAIN")
            .answering("STARTTLS", "454 4.7.0 TLS is not available")) {
      assertThatExceptionOfType(SmtpUntrustedException.class)
          .isThrownBy(() -> begun(server, TlsMode.STARTTLS, PASSWORD));
      assertThat(server.lines()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void plainTextBehindTheAnswerToStartTlsIsNotBelieved() {
    try (ScriptedSmtpServer server =
        ScriptedSmtpServer.offering("STARTTLS", "AUTH PLAIN")
            .injecting("\r\n250-evil\r\n250 AUTH LOGIN")) {
      assertThatExceptionOfType(SmtpUntrustedException.class)
          .isThrownBy(() -> begun(server, TlsMode.STARTTLS, PASSWORD));
      assertThat(server.lines()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void aCertificateThatNobodyKnowsIsNotTrusted() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.underTls("AUTH PLAIN")) {
      assertThatExceptionOfType(SmtpUntrustedException.class)
          .isThrownBy(() -> SmtpConnection.connect(endpoint(server, TlsMode.IMPLICIT, false)));
      assertThat(server.lines()).isEmpty();
    }
  }

  @Test
  void loginIsForServersWithoutPlain() {
    try (ScriptedSmtpServer server =
        ScriptedSmtpServer.offering("AUTH LOGIN")
            .answering("AUTH LOGIN", "334 VXNlcm5hbWU6")
            .answering(base64("ann"), "334 UGFzc3dvcmQ6")
            .answering(base64("se cret"), "235 In")) {
      begun(server, TlsMode.PLAIN, PASSWORD).quit();
      assertThat(server.lines().subList(1, 4))
          .containsExactly("AUTH LOGIN", base64("ann"), base64("se cret"));
    }
  }

  @Test
  void aTokenIsPresentedAsRfc7628Says() {
    try (ScriptedSmtpServer server =
        ScriptedSmtpServer.offering("AUTH PLAIN XOAUTH2 OAUTHBEARER")) {
      begun(server, TlsMode.PLAIN, TOKEN).quit();
      assertThat(server.lines().get(1))
          .isEqualTo(
              "AUTH OAUTHBEARER "
                  + base64(
                      "n,a=ann=2Cb=3Dc@example.org,\1host=127.0.0.1\1port="
                          + server.port()
                          + "\1auth=Bearer t0ken\1\1"));
    }
  }

  @Test
  void aTokenIsPresentedToOlderServersAsTheyKnowIt() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.offering("AUTH PLAIN XOAUTH2")) {
      begun(server, TlsMode.PLAIN, TOKEN).quit();
      assertThat(server.lines().get(1))
          .isEqualTo("AUTH XOAUTH2 " + base64("user=ann,b=c@example.org\1auth=Bearer t0ken\1\1"));
    }
  }

  @Test
  void aRefusedTokenIsAFailedLoginThatTellsNoSecret() {
    try (ScriptedSmtpServer server =
        ScriptedSmtpServer.offering("AUTH OAUTHBEARER")
            .answering("AUTH OAUTHBEARER", "334 " + base64("{\"status\":\"invalid_token\"}"))
            .answering("AQ==", "535 5.7.8 No")) {
      assertThatExceptionOfType(SmtpRefusedException.class)
          .isThrownBy(() -> begun(server, TlsMode.PLAIN, TOKEN))
          .satisfies(
              e -> {
                assertThat(e.stage()).isEqualTo(Stage.LOGIN);
                assertThat(e.toString()).doesNotContain("t0ken");
              });
    }
  }

  @Test
  void aTokenIsNeverPresentedAsAPassword() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.offering("AUTH PLAIN LOGIN")) {
      assertThatExceptionOfType(SmtpException.class)
          .isThrownBy(() -> begun(server, TlsMode.PLAIN, TOKEN));
      assertThat(server.lines()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  @Test
  void parametersOfDeliveryStatusNotificationsAreWrittenAsXtext() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.offering("DSN", "SIZE 1000")) {
      SmtpConnection connection = begun(server, TlsMode.PLAIN, PASSWORD);
      connection.envelope(
          with("ann@example.org", "RET", "HDRS", "ENVID", "a+b=c"),
          List.of(
              with(
                  "bob@example.org",
                  "NOTIFY",
                  "SUCCESS,FAILURE",
                  "ORCPT",
                  "rfc822;bob+x@example.org")),
          PLAIN);
      connection.quit();
      assertThat(server.lines())
          .contains(
              "MAIL FROM:<ann@example.org> SIZE=77 RET=HDRS ENVID=a+2Bb+3Dc",
              "RCPT TO:<bob@example.org> NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;bob+2Bx@example.org");
    }
  }

  @Test
  void whatTheServerHasToKnowOfTheMessageIsTold() {
    try (ScriptedSmtpServer server = ScriptedSmtpServer.offering("8BITMIME", "SMTPUTF8")) {
      SmtpConnection connection = begun(server, TlsMode.PLAIN, PASSWORD);
      connection.envelope(
          EnvelopeAddress.of("ann@example.org"),
          List.of(EnvelopeAddress.of("jörg@example.org")),
          new MessageTraits(5, false, true, false, false));
      connection.data(
          new ByteArrayInputStream("a\r\n.b\r\n".getBytes(StandardCharsets.UTF_8)), () -> {});
      connection.quit();
      assertThat(server.lines())
          .contains(
              "MAIL FROM:<ann@example.org> BODY=8BITMIME SMTPUTF8",
              "RCPT TO:<jörg@example.org>",
              "..b");
    }
  }

  @Test
  void aServerOfOldIsGreetedAsItUnderstands() {
    try (ScriptedSmtpServer server =
        ScriptedSmtpServer.offering().answering("EHLO", "502 5.5.1 What?")) {
      begun(server, TlsMode.PLAIN, PASSWORD).quit();
      assertThat(server.lines()).hasSize(2);
      assertThat(server.lines().get(1)).startsWith("HELO ");
    }
  }
}
