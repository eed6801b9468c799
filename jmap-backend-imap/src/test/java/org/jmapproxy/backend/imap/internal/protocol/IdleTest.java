package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.FaultyProxy;
import org.jmapproxy.backend.imap.testkit.ScriptedImapServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class IdleTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  private static final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterAll
  static void stopThreads() {
    threads.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource(TlsMode.class)
  void aNewMessageIsHeardAtOnceAndTheConnectionIsFreeAfterStop(TlsMode tls) throws Exception {
    String user = "idle-" + tls;
    try (ImapConnection connection =
        ImapConnection.open(dovecot.endpoint(tls), dovecot.credentials(user))) {
      connection.select("INBOX");
      BlockingQueue<Long> heard = new LinkedBlockingQueue<>();
      connection.listener(counting(heard));
      Idle idle = connection.idle();
      Future<Boolean> run = threads.submit(() -> idle.run(Duration.ofMinutes(29)));

      appendOne(user);
      assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
      long before = System.nanoTime();
      idle.stop();
      assertThat(run.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
      assertThat(connection.messages().search(SearchCriteria.all())).hasToString("1");
    }
  }

  @Test
  void aListenerMayStopTheIdleItHears() throws Exception {
    try (ImapConnection connection = dovecot.connect("self-stop")) {
      connection.select("INBOX");
      Idle idle = connection.idle();
      connection.listener(
          new MailboxListener() {
            @Override
            public void exists(long messages) {
              idle.stop();
            }
          });
      Future<Boolean> run = threads.submit(() -> idle.run(Duration.ofMinutes(29)));
      appendOne("self-stop");
      assertThat(run.get(10, TimeUnit.SECONDS)).isTrue();
      connection.noop();
    }
  }

  @Test
  void aStopThatComesFirstIsNotLost() {
    try (ImapConnection connection = dovecot.connect("early")) {
      connection.select("INBOX");
      Idle idle = connection.idle();
      idle.stop();
      assertThat(idle.run(Duration.ofMinutes(29))).isTrue();
      connection.noop();
    }
  }

  @Test
  void idleEndsByItselfWhenItsTimeIsOver() {
    try (ImapConnection connection = dovecot.connect("expiring")) {
      connection.select("INBOX");
      assertThat(connection.idle().run(Duration.ofMillis(100))).isFalse();
      connection.noop();
    }
  }

  @Test
  void aConnectionThatBreaksEndsIdle() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(dovecot.imapPort())) {
      ImapEndpoint endpoint =
          ImapEndpoint.of("127.0.0.1", proxy.port(), TlsMode.PLAIN)
              .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5));
      ImapConnection connection = ImapConnection.open(endpoint, dovecot.credentials("cut"));
      connection.select("INBOX");
      Idle idle = connection.idle();
      Future<Boolean> run = threads.submit(() -> idle.run(Duration.ofMinutes(29)));
      proxy.cut();
      assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
          .isThrownBy(() -> run.get(10, TimeUnit.SECONDS))
          .withCauseInstanceOf(ImapConnectionLostException.class);
      assertThat(connection.isClosed()).isTrue();
      idle.stop();
    }
  }

  @Test
  void aServerThatNeverAnswersTheEndOfIdleIsGivenUp() {
    try (ScriptedImapServer server =
        ScriptedImapServer.offering("IMAP4rev1 IDLE").on("IDLE", "+ idling\r\n").start()) {
      ImapEndpoint impatient =
          server.endpoint().withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200));
      ImapConnection connection =
          ImapConnection.open(impatient, ImapCredentials.password("user", "secret"));
      Idle idle = connection.idle();
      assertThatExceptionOfType(ImapConnectionLostException.class)
          .isThrownBy(() -> idle.run(Duration.ofMillis(50)))
          .matches(e -> e.reason() == ImapConnectionLostException.Reason.TIMEOUT);
    }
  }

  private static MailboxListener counting(BlockingQueue<Long> heard) {
    return new MailboxListener() {
      @Override
      public void exists(long messages) {
        heard.add(messages);
      }
    };
  }

  private static void appendOne(String user) {
    try (ImapConnection other = dovecot.connect(user)) {
      byte[] message = "Subject: hi\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII);
      other
          .messages()
          .append(
              "INBOX",
              Set.of(),
              Optional.empty(),
              message.length,
              new ByteArrayInputStream(message));
    }
  }
}
