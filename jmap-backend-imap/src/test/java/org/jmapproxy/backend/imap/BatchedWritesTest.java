package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.Replay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Many objects of one Email/set are a handful of IMAP commands, not one or more for each. */
class BatchedWritesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 500;

  private static final DovecotServer FULL = DovecotServer.standard();
  private static final DovecotServer PLAIN = DovecotServer.builder().plainImap().build();

  enum Kind {
    EVERYTHING,
    PLAIN;

    DovecotServer server() {
      return this == EVERYTHING ? FULL : BatchedWritesTest.PLAIN;
    }
  }

  @BeforeAll
  static void start() {
    FULL.start();
    PLAIN.start();
  }

  @AfterAll
  static void stop() {
    FULL.close();
    PLAIN.close();
  }

  /** All commands on the way to the server are seen. */
  private static final class Scene implements AutoCloseable {
    final MeddlingProxy way;
    final ImapProxy proxy = new ImapProxy();
    final OpenAccount account;
    final MailClient client;
    final String inbox;
    final List<String> ids;

    Scene(Kind kind, String user) {
      kind.server().seed(user, "INBOX", MANY);
      way = MeddlingProxy.to(kind.server());
      account =
          proxy
              .backend()
              .open(ImapProxy.configuration("127.0.0.1", way.port(), user, DovecotServer.PASSWORD));
      account.sync(PATIENCE);
      client = new MailClient(Account.of(Id.of(user), user, account.roles()));
      inbox = client.mailboxOfRole("inbox");
      ids = in(inbox);
      assertThat(ids).hasSize(MANY);
    }

    List<String> in(String mailbox) {
      return client.query("Email", "{'filter':{'inMailbox':'" + mailbox + "'}}");
    }

    /** The commands that a call needs. */
    List<String> commandsOf(String arguments, String done) {
      int before = way.commands().size();
      JsonNode response = client.call("Email/set", arguments);
      assertThat(response.get(done).size()).as(done).isEqualTo(MANY);
      return new ArrayList<>(way.commands().subList(before, way.commands().size()));
    }

    String updates(Function<Integer, String> patch) {
      List<String> updates = new ArrayList<>();
      for (int i = 0; i < ids.size(); i++) {
        updates.add("'" + ids.get(i) + "':" + patch.apply(i));
      }
      return "{'update':{" + String.join(",", updates) + "}}";
    }

    @Override
    public void close() {
      account.close();
      proxy.close();
      way.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keywordsOfFiveHundredEmailsAreAFewCommands(Kind kind) {
    try (Scene scene = new Scene(kind, "ann")) {
      Replay replay = Replay.from(scene.client, "Email");
      assertThat(scene.commandsOf(scene.updates(i -> "{'keywords/$seen':true}"), "updated"))
          .hasSizeLessThanOrEqualTo(3)
          .filteredOn(command -> command.startsWith("UID STORE"))
          .hasSize(1);
      String mixed = scene.updates(i -> "{'keywords':{'$flagged':true,'k" + i % 3 + "':true}}");
      assertThat(scene.commandsOf(mixed, "updated")).hasSizeLessThanOrEqualTo(6);
      replay.verify();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fiveHundredEmailsMoveWithAFewCommands(Kind kind) {
    try (Scene scene = new Scene(kind, "ben")) {
      String archive = scene.client.mailboxOfRole("archive");
      Replay replay = Replay.from(scene.client, "Email");
      List<String> commands =
          scene.commandsOf(
              scene.updates(i -> "{'mailboxIds':{'" + archive + "':true}}"), "updated");
      assertThat(commands).hasSizeLessThanOrEqualTo(12);
      assertThat(scene.in(scene.inbox)).isEmpty();
      assertThat(scene.in(archive)).containsExactlyInAnyOrderElementsOf(scene.ids);
      replay.verify();
    }
  }

  @ParameterizedTest
  @EnumSource
  void fiveHundredEmailsAreDestroyedWithAFewCommands(Kind kind) {
    try (Scene scene = new Scene(kind, "cleo")) {
      Replay replay = Replay.from(scene.client, "Email");
      String ids = scene.ids.stream().collect(Collectors.joining("','", "'", "'"));
      assertThat(scene.commandsOf("{'destroy':[" + ids + "]}", "destroyed"))
          .hasSizeLessThanOrEqualTo(5);
      assertThat(scene.in(scene.inbox)).isEmpty();
      replay.verify();
    }
  }
}
