package org.jmapproxy.backend.imap.internal.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jmapproxy.backend.imap.internal.protocol.SocketConnector;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.backend.imap.testkit.ScriptedSieveServer;
import org.jmapproxy.core.backend.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ManageSieve server may say, and worse (RFC 5804). */
@Timeout(60)
class SieveConnectionTest {

  private final ScriptedSieveServer server = new ScriptedSieveServer();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void close() {
    server.close();
    timers.shutdownNow();
  }

  @Test
  void listsAndTextsAreReadInEveryFormOfString() {
    server.answer(
        "LISTSCRIPTS",
        "\"quo\\\"ted \\\\\"\r\n{7}\r\nliteral ACTIVE\r\n\"Größe\"\r\nOK \"done\"\r\n");
    try (SieveConnection connection = open()) {
      assertThat(connection.list())
          .containsExactly(
              new ListedScript("quo\"ted \\", false),
              new ListedScript("literal", true),
              new ListedScript("Größe", false));
      assertThat(connection.get("a")).contains("keep;\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{999999999999}\r\n",
        "{99999999}\r\n",
        "{xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "{50}\r\nshort\r\nOK\r\n",
        "{2}\r\nlonger than it says\r\nOK\r\n",
        "\"no end",
        "(",
      })
  void aStringThatIsNotWhatItSaysEndsTheConnection(String answer) {
    server.answer("GETSCRIPT", answer);
    try (SieveConnection connection = open()) {
      assertThatThrownBy(() -> connection.get("a"))
          .isInstanceOfSatisfying(
              SieveException.class, e -> assertThat(e.kind()).isEqualTo(SieveException.Kind.LOST));
    }
  }

  @Test
  void aListWithoutEndIsNotReadToItsEnd() {
    server.answer("LISTSCRIPTS", "\"a\"\r\n".repeat(100_000));
    try (SieveConnection connection = open()) {
      assertThatThrownBy(connection::list).isInstanceOf(SieveException.class);
    }
  }

  @Test
  void aReplyOfManyLongStringsIsNotReadToItsEnd() {
    String line = "\"" + "x".repeat(1_000_000) + "\"\r\n";
    server.answer("LISTSCRIPTS", line.repeat(6));
    try (SieveConnection connection = open()) {
      assertThatThrownBy(connection::list).isInstanceOf(SieveException.class);
    }
  }

  /** Section 1.3: codes below a code are refinements of it. */
  @ParameterizedTest
  @CsvSource({
    "NO (QUOTA/MAXSIZE) \"too long\", QUOTA/MAXSIZE, REFUSED",
    "NO (QUOTA/MAXSCRIPTS) \"too many\", QUOTA, REFUSED",
    "NO (quota) \"full\", QUOTA, REFUSED",
    "NO (NONEXISTENT) \"what?\", NONEXISTENT, REFUSED",
    "NO (ALREADYEXISTS) \"is there\", ALREADYEXISTS, REFUSED",
    "NO (ACTIVE) \"runs\", ACTIVE, REFUSED",
    "NO (TAG \"some (thing)\") \"why\", TAG, REFUSED",
    "BYE (TRYLATER) \"busy\", TRYLATER, LOST",
    "BYE (REFERRAL \"sieve://other\") \"moved\", REFERRAL, LOST"
  })
  void refusalsAreUnderstoodByTheirCode(String answer, String code, String kind) {
    server.answer("PUTSCRIPT", answer + "\r\n");
    try (SieveConnection connection = open()) {
      assertThatThrownBy(() -> connection.put("a", "keep;"))
          .isInstanceOfSatisfying(
              SieveException.class,
              e -> {
                assertThat(e.hasCode(code)).isTrue();
                assertThat(e.kind()).hasToString(kind);
              });
    }
  }

  @Test
  void aRefusalThatIsALongTextIsCut() {
    server.answer("PUTSCRIPT", "NO {100000}\r\n" + "x".repeat(100_000) + "\r\n");
    try (SieveConnection connection = open()) {
      assertThatThrownBy(() -> connection.put("a", "keep;"))
          .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(2_000));
    }
  }

  /** RFC 7628 section 3.2.3: why a token is refused comes as a challenge. */
  @Test
  void aChallengeThatSaysWhyIsDeclined() {
    server.answer("AUTHENTICATE", "\"eyJzdGF0dXMiOiI0MDEifQ==\"\r\nNO \"no token\"\r\n");
    assertThatThrownBy(this::open)
        .isInstanceOfSatisfying(
            SieveException.class, e -> assertThat(e.kind()).isEqualTo(SieveException.Kind.LOGIN));
  }

  @Test
  void challengesWithoutEndAreNotAnswered() {
    server.answer("AUTHENTICATE", "\"\"\r\n".repeat(1000));
    assertThatThrownBy(this::open).isInstanceOf(SieveException.class);
  }

  @Test
  void aServerWithoutStarttlsHearsNoPassword() {
    assertThatThrownBy(() -> open(TlsMode.STARTTLS)).hasMessageContaining("STARTTLS");
    assertThat(server.heard()).doesNotContain("AUTHENTICATE");
  }

  @Test
  void whatComesBeforeTlsIsNotTrusted() {
    server
        .greet("\"STARTTLS\"\r\n\"SASL\" \"PLAIN\"\r\nOK\r\n")
        .answer("STARTTLS", "OK\r\n\"SASL\" \"PLAIN\"\r\nOK\r\n");
    assertThatThrownBy(() -> open(TlsMode.STARTTLS)).isInstanceOf(SieveException.class);
    assertThat(server.heard()).doesNotContain("AUTHENTICATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BYE \"go away\"\r\n", "NO \"not now\"\r\n", "", "* OK IMAP ready\r\n"})
  void aGreetingThatIsNoneEndsTheAttempt(String greeting) {
    server.greet(greeting);
    assertThatThrownBy(this::open).isInstanceOf(SieveException.class);
  }

  @Test
  void aServerThatDripsIsGivenUp() {
    server.answer("LISTSCRIPTS", "\"a");
    try (SieveConnection connection = open(TlsMode.PLAIN, Duration.ofMillis(300))) {
      assertThatThrownBy(connection::list).isInstanceOf(SieveException.class);
    }
  }

  private SieveConnection open() {
    return open(TlsMode.PLAIN);
  }

  private SieveConnection open(TlsMode tls) {
    return open(tls, Duration.ofSeconds(30));
  }

  private SieveConnection open(TlsMode tls, Duration longest) {
    return SieveConnection.open(
        new SieveEndpoint(
            "127.0.0.1",
            server.port(),
            tls,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            longest,
            timers,
            Optional.empty(),
            true,
            SocketConnector.DIRECT),
        Credentials.password("ann", "secret"));
  }
}
