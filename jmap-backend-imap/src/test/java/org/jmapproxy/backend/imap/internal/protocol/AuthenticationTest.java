package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.api.Test;

/** Each server is shown the credentials in the best way that it offers. */
class AuthenticationTest {
  private static final ImapCredentials PASSWORD = ImapCredentials.password("ann", "secret");

  private static final ImapCredentials TOKEN =
      new ImapCredentials() {
        @Override
        public String user() {
          return "ann,b=c@example.org";
        }

        @Override
        public String secret() {
          return "t0ken";
        }

        @Override
        public boolean isBearer() {
          return true;
        }
      };

  @Test
  void aPasswordGoesWithTheFirstLineWhereThatIsAllowed() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 AUTH=PLAIN SASL-IR").start()) {
      ImapConnection.open(server.endpoint(), PASSWORD).close();
      assertThat(server.received())
          .containsExactly("AUTHENTICATE PLAIN " + base64("\0ann\0secret"));
    }
  }

  @Test
  void aPasswordWaitsForTheChallengeOtherwise() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 AUTH=PLAIN LOGINDISABLED")
            .on("AUTHENTICATE PLAIN", "+ \r\n")
            .answering(base64("\0ann\0secret"), (line, none) -> "a1 OK in\r\n")
            .start()) {
      ImapConnection.open(server.endpoint(), PASSWORD).close();
      assertThat(server.received()).contains(base64("\0ann\0secret"), "CAPABILITY");
    }
  }

  @Test
  void loginIsForServersWithoutSasl() {
    try (ScriptedImapServer server = ScriptedImapServer.offering("IMAP4rev1").start()) {
      ImapConnection.open(server.endpoint(), PASSWORD).close();
      assertThat(server.received()).containsExactly("LOGIN \"ann\" \"secret\"");
    }
  }

  @Test
  void noPasswordIsSentToAServerThatWantsNone() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 LOGINDISABLED AUTH=OAUTHBEARER").start()) {
      assertThatExceptionOfType(ImapAuthenticationException.class)
          .isThrownBy(() -> ImapConnection.open(server.endpoint(), PASSWORD));
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void aTokenIsPresentedAsRfc7628Says() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 AUTH=PLAIN AUTH=OAUTHBEARER AUTH=XOAUTH2 SASL-IR")
            .start()) {
      ImapConnection.open(server.endpoint(), TOKEN).close();
      String said =
          "n,a=ann=2Cb=3Dc@example.org,\1host=127.0.0.1\1port="
              + server.port()
              + "\1auth=Bearer t0ken\1\1";
      assertThat(server.received()).containsExactly("AUTHENTICATE OAUTHBEARER " + base64(said));
    }
  }

  @Test
  void aTokenIsPresentedToOlderServersAsTheyKnowIt() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 AUTH=XOAUTH2 SASL-IR").start()) {
      ImapConnection.open(server.endpoint(), TOKEN).close();
      assertThat(server.received())
          .containsExactly(
              "AUTHENTICATE XOAUTH2 " + base64("user=ann,b=c@example.org\1auth=Bearer t0ken\1\1"));
    }
  }

  @Test
  void aRefusedTokenIsAFailedLoginThatTellsNoSecret() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 AUTH=OAUTHBEARER SASL-IR")
            .on("AUTHENTICATE .*", "+ " + base64("{\"status\":\"invalid_token\"}") + "\r\n")
            .answering("AQ==", (line, none) -> "a1 NO [AUTHENTICATIONFAILED] no\r\n")
            .start()) {
      assertThatExceptionOfType(ImapAuthenticationException.class)
          .isThrownBy(() -> ImapConnection.open(server.endpoint(), TOKEN))
          .satisfies(e -> assertThat(e.toString()).doesNotContain("t0ken"));
    }
  }

  @Test
  void aTokenIsNeverPresentedAsAPassword() {
    try (ScriptedImapServer server = ScriptedImapServer.offering("IMAP4rev1 AUTH=PLAIN").start()) {
      assertThatExceptionOfType(ImapAuthenticationException.class)
          .isThrownBy(() -> ImapConnection.open(server.endpoint(), TOKEN));
      assertThat(server.received()).isEmpty();
    }
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
