package org.jmapproxy.backend.imap.internal.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapLimitException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.protocol.wire.ImapLimits;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that lie, babble, break off or are merely wrong. */
@Timeout(30)
class HostileServerTest {
  private static final FetchRequest FLAGS_AND_HEADER =
      FetchRequest.builder().flags().header().bodyStructure().build();

  private final List<FetchedMessage> messages = new ArrayList<>();

  @Test
  void aLiteralOfAGigabyteIsNeitherAllocatedNorRead() {
    try (ScriptedImapServer server = fetching("* 1 FETCH (UID 1 BODY[HEADER] {1073741824}\r\nxx");
        ImapConnection connection = server.connect()) {
      assertThatExceptionOfType(ImapLimitException.class).isThrownBy(() -> fetch(connection));
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void aLiteralSizeBeyondAllNumbersIsRefused() {
    try (ScriptedImapServer server =
            fetching("* 1 FETCH (UID 1 BODY[HEADER] {99999999999999999999999}\r\n");
        ImapConnection connection = server.connect()) {
      assertThatExceptionOfType(ImapLimitException.class).isThrownBy(() -> fetch(connection));
    }
  }

  @Test
  void aLiteralBeyondTheCommandsBoundCostsItsItemOnly() {
    String big = "x".repeat(300_000);
    try (ScriptedImapServer server =
            fetching(
                "* 1 FETCH (UID 1 BODY[HEADER] {300000}\r\n"
                    + big
                    + " FLAGS (\\Seen))\r\n"
                    + "* 2 FETCH (UID 2 FLAGS () BODY[HEADER] {2}\r\nab)\r\n$ OK done\r\n");
        ImapConnection connection = server.connect()) {
      FetchRequest bounded = FetchRequest.builder().flags().header().maxLiteral(1000).build();
      UidSet received = connection.messages().fetch(UidSet.range(1, 5), bounded, messages::add);
      assertThat(received).hasToString("1:2");
      assertThat(messages.get(0).header()).isEmpty();
      assertThat(messages.get(0).broken()).containsExactly("BODY[HEADER]");
      assertThat(messages.get(0).flags()).hasValue(Set.of("\\Seen"));
      assertThat(messages.get(1).header()).hasValue("ab".getBytes(US_ASCII));
    }
  }

  @Test
  void aLineWithoutEndIsGivenUp() {
    ImapLimits limits = new ImapLimits(10_000, 10_000, 20_000, 50_000, 10, 100);
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1")
            .on(
                "NOOP",
                (tag, out) -> {
                  byte[] block = "x".repeat(8192).getBytes(US_ASCII);
                  while (true) {
                    out.write(block);
                  }
                })
            .start()) {
      ImapConnection connection =
          ImapConnection.open(
              server.endpoint().withLimits(limits), ImapCredentials.password("u", "p"));
      assertThatExceptionOfType(ImapLimitException.class).isThrownBy(connection::noop);
    }
  }

  @Test
  void literalsBeyondTheBoundOfAResponseAreMissing() {
    ImapLimits limits = new ImapLimits(10_000, 10_000, 20_000, 50_000, 10, 100);
    String item = " BODY[HEADER] {9000}\r\n" + "x".repeat(9000);
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1")
            .on("UID FETCH.*", "* 1 FETCH (UID 1" + item.repeat(10) + ")\r\n$ OK done\r\n")
            .start()) {
      ImapConnection connection =
          ImapConnection.open(
              server.endpoint().withLimits(limits), ImapCredentials.password("u", "p"));
      assertThat(fetch(connection)).hasToString("1");
      assertThat(messages.get(0).broken()).containsExactly("BODY[HEADER]");
    }
  }

  @Test
  void messagesBeforeAByeArriveAndTheByeIsTold() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1")
            .onThenClose(
                "UID FETCH.*",
                "* 1 FETCH (UID 1 FLAGS () BODY[HEADER] \"a\")\r\n* BYE [UNAVAILABLE] restart\r\n")
            .start()) {
      ImapConnection connection = server.connect();
      assertThatExceptionOfType(ImapByeException.class)
          .isThrownBy(() -> fetch(connection))
          .matches(e -> e.code().is("UNAVAILABLE"));
      assertThat(messages).hasSize(1);
      assertThat(connection.isClosed()).isTrue();
      assertThatExceptionOfType(ImapConnectionLostException.class)
          .isThrownBy(connection::noop)
          .matches(e -> !e.outcomeUnknown());
    }
  }

  @Test
  void aResponseCutInHalfIsALostConnectionWithUnknownOutcome() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1")
            .onThenClose("UID FETCH.*", "* 1 FETCH (UID 1 BODY[HEADER] {10}\r\nabc")
            .start()) {
      ImapConnection connection = server.connect();
      assertThatExceptionOfType(ImapConnectionLostException.class)
          .isThrownBy(() -> fetch(connection))
          .matches(e -> e.reason() == Reason.CLOSED && e.outcomeUnknown());
      assertThat(messages).isEmpty();
    }
  }

  @Test
  void aSilentServerIsGivenUpInTime() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1").on("NOOP", "").start()) {
      ImapEndpoint endpoint =
          server.endpoint().withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(100));
      ImapConnection connection = ImapConnection.open(endpoint, ImapCredentials.password("u", "p"));
      assertThatExceptionOfType(ImapConnectionLostException.class)
          .isThrownBy(connection::noop)
          .matches(e -> e.reason() == Reason.TIMEOUT);
    }
  }

  @Test
  void aServerThatDripsItsAnswerIsGivenUpInTime() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1")
            .on(
                "NOOP",
                (tag, out) -> {
                  while (true) {
                    out.write('x');
                    out.flush();
                    LockSupport.parkNanos(20_000_000);
                  }
                })
            .start()) {
      ImapEndpoint endpoint =
          server.endpoint().withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(100));
      ImapConnection connection = ImapConnection.open(endpoint, ImapCredentials.password("u", "p"));
      assertThatExceptionOfType(ImapConnectionLostException.class)
          .isThrownBy(connection::noop)
          .matches(e -> e.reason() == Reason.TIMEOUT);
    }
  }

  @Test
  void aStrayChallengeIsPassedOver() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1").on("NOOP", "+ hm\r\n$ OK done\r\n").start();
        ImapConnection connection = server.connect()) {
      connection.noop();
      connection.noop();
      assertThat(server.received()).doesNotContain("", "*").contains("NOOP");
    }
  }

  @Test
  void unsolicitedDataNeitherDisturbsNorPosesAsAnAnswer() {
    try (ScriptedImapServer server =
            fetching(
                "* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 1 FLAGS (\\Flagged))\r\n"
                    + "* 7 FETCH (UID 77 FLAGS ())\r\n* 4 EXPUNGE\r\n* OK [ALERT] careful {5}\r\n"
                    + "* X-NEW (thing)\r\n* 99999999999999999999 EXISTS\r\n* VANISHED 5,7:9\r\n"
                    + "garbage\r\n\r\n*\r\n"
                    + "* 1 FETCH (UID 1 FLAGS () BODY[HEADER] \"a\" BODYSTRUCTURE NIL)\r\n"
                    + "$ OK [HIGHESTMODSEQ 5] done\r\n");
        ImapConnection connection = server.connect()) {
      List<String> heard = new ArrayList<>();
      connection.listener(
          new MailboxListener() {
            @Override
            public void exists(long count) {
              heard.add("exists " + count);
            }

            @Override
            public void expunged(long sequenceNumber) {
              heard.add("expunged " + sequenceNumber);
            }

            @Override
            public void vanished(UidSet uids, boolean earlier) {
              heard.add("vanished " + uids);
            }

            @Override
            public void changed(FetchedMessage message) {
              heard.add("changed " + message.uid());
            }

            @Override
            public void code(
                org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode code, String text) {
              heard.add(code.name() + " " + text);
            }
          });
      assertThat(fetch(connection)).hasToString("1");
      assertThat(messages).hasSize(1);
      assertThat(heard)
          .containsExactly(
              "exists 9",
              "changed 0",
              "changed 1",
              "changed 77",
              "expunged 4",
              "ALERT careful {5}",
              "vanished 5,7:9");
    }
  }

  @Test
  void noAfterSomeMessagesStillHandsThemOver() {
    try (ScriptedImapServer server =
            fetching(
                "* 1 FETCH (UID 1 FLAGS () BODY[HEADER] \"a\")\r\n"
                    + "$ NO Some messages could not be FETCHed\r\n");
        ImapConnection connection = server.connect()) {
      assertThatExceptionOfType(ImapRefusedException.class).isThrownBy(() -> fetch(connection));
      assertThat(messages).hasSize(1);
      connection.noop();
    }
  }

  @Test
  void badIsToldApartFromNo() {
    try (ScriptedImapServer server = ScriptedImapServer.offering("IMAP4rev1").start();
        ImapConnection connection = server.connect()) {
      assertThatExceptionOfType(ImapBadCommandException.class)
          .isThrownBy(() -> connection.select("INBOX"));
      connection.noop();
    }
  }

  @Test
  void aCallbackThatThrowsClosesTheConnectionRatherThanMixReplies() {
    try (ScriptedImapServer server =
            fetching("* 1 FETCH (UID 1 FLAGS () BODY[HEADER] \"a\")\r\n$ OK done\r\n");
        ImapConnection connection = server.connect()) {
      assertThatThrownBy(
              () ->
                  connection
                      .messages()
                      .fetch(
                          UidSet.of(1),
                          FLAGS_AND_HEADER,
                          message -> {
                            throw new IllegalStateException("mine");
                          }))
          .hasMessage("mine");
      assertThat(connection.isClosed()).isTrue();
    }
  }

  @Test
  void aServerThatIgnoresThePartialFetchCannotFillTheDownload() {
    String body = "x".repeat(5000);
    try (ScriptedImapServer server =
            fetching("* 1 FETCH (UID 1 BODY[]<0> {5000}\r\n" + body + ")\r\n$ OK done\r\n");
        ImapConnection connection = server.connect()) {
      assertThat(connection.messages().download(1, "", -1, 1000, OutputStream.nullOutputStream()))
          .isEmpty();
      connection.noop();
    }
  }

  @Test
  void shortChunksAreAskedAgainUntilTheExpectedSize() {
    try (ScriptedImapServer server =
            ScriptedImapServer.offering("IMAP4rev1")
                .on("UID FETCH.*<0\\..*", "* 1 FETCH (UID 1 BODY[]<0> \"abc\")\r\n$ OK done\r\n")
                .on("UID FETCH.*<3\\..*", "* 1 FETCH (UID 1 BODY[]<3> \"de\")\r\n$ OK done\r\n")
                .start();
        ImapConnection connection = server.connect()) {
      java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
      assertThat(connection.messages().download(1, "", 5, 1000, out)).hasValue(5);
      assertThat(out.toString(US_ASCII)).isEqualTo("abcde");
    }
  }

  @Test
  void anAppendRefusedBeforeItsLiteralSendsNothingMore() {
    try (ScriptedImapServer server = ScriptedImapServer.offering("IMAP4rev1").start()) {
      // The scripted server always asks for literals, so a refusal comes after the command.
      ImapConnection connection = server.connect();
      assertThatExceptionOfType(ImapBadCommandException.class)
          .isThrownBy(
              () ->
                  connection
                      .messages()
                      .append(
                          "X",
                          Set.of(),
                          Optional.empty(),
                          3,
                          new ByteArrayInputStream("abc".getBytes(US_ASCII))));
      connection.noop();
    }
  }

  @Test
  void aMessageThatEndsEarlyNeverBecomesAMessage() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1").on("APPEND.*", "$ OK done\r\n").start()) {
      ImapConnection connection = server.connect();
      assertThatExceptionOfType(ImapConnectionLostException.class)
          .isThrownBy(
              () ->
                  connection
                      .messages()
                      .append(
                          "X",
                          Set.of(),
                          Optional.empty(),
                          30,
                          new ByteArrayInputStream("abc".getBytes(US_ASCII))));
      assertThat(server.received()).noneMatch(command -> command.startsWith("APPEND"));
      assertThat(connection.isClosed()).isTrue();
    }
  }

  private static ScriptedImapServer fetching(String reply) {
    return ScriptedImapServer.offering("IMAP4rev1").on("UID FETCH.*", reply).start();
  }

  private UidSet fetch(ImapConnection connection) {
    return connection.messages().fetch(UidSet.range(1, 5), FLAGS_AND_HEADER, messages::add);
  }
}
