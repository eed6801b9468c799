package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.RawImap;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.Message;
import org.jmapproxy.mail.testkit.Replay;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Mailbox/set (RFC 8621 section 2.5) where servers have a say of their own, and another client
 * works on the same mail.
 */
class MailboxSetTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final DovecotServer DOVECOT = DovecotServer.standard();
  private static final CyrusServer CYRUS =
      CyrusServer.builder().configuration("specialuse_extra: \\Flagged").build();

  enum Kind {
    ON_DOVECOT,
    ON_CYRUS;

    RealServer server() {
      return this == ON_DOVECOT ? DOVECOT : CYRUS;
    }
  }

  @BeforeAll
  static void start() {
    DOVECOT.start();
    CYRUS.start();
  }

  @AfterAll
  static void stop() {
    DOVECOT.close();
    CYRUS.close();
  }

  /** A new user with an account here and another IMAP client. */
  private static final class Scene implements AutoCloseable {
    final String user = "boxes" + USERS.incrementAndGet();
    final ImapProxy proxy = new ImapProxy();
    final RealServer server;
    final OpenAccount account;
    final MailClient client;
    final RawImap other;

    Scene(Kind kind) {
      server = kind.server();
      account = proxy.open(server, user);
      account.sync(PATIENCE);
      client = new MailClient(Account.of(Id.of(user), user, account.roles()));
      other = new RawImap(server, user);
    }

    void sync() {
      account.sync(PATIENCE);
    }

    JsonNode set(String arguments) {
      return client.call("Mailbox/set", arguments);
    }

    JsonNode update(String id, String patch) {
      return set("{'update':{'" + id + "':" + patch + "}}");
    }

    JsonNode mailbox(String id) {
      return client.get("Mailbox", id, "name", "role", "isSubscribed", "parentId", "sortOrder");
    }

    boolean lists(String command, String... words) {
      return other.ok(command).stream()
          .anyMatch(
              line -> line.startsWith("* L") && List.of(words).stream().allMatch(line::contains));
    }

    @Override
    public void close() {
      other.close();
      account.close();
      proxy.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRoleIsTheServersWhereItTakesOneAndOursElsewhere(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      String id =
          MailClient.createdId(scene.set("{'create':{'k':{'name':'Stars','role':'flagged'}}}"));
      boolean isServers = scene.lists("LIST (SPECIAL-USE) \"\" \"*\"", "\\Flagged", "Stars");
      assertThat(isServers).isEqualTo(kind == Kind.ON_CYRUS);
      String refused =
          MailClient.createdId(scene.set("{'create':{'k':{'name':'Top','role':'important'}}}"));
      assertThat(scene.mailbox(refused).get("role").stringValue()).isEqualTo("important");
      scene.sync();
      assertThat(scene.mailbox(id).get("role").stringValue()).isEqualTo("flagged");
      scene.update(id, "{'role':null}");
      scene.sync();
      assertThat(scene.mailbox(id).get("role").isNull()).isTrue();
      scene.update(id, "{'role':'memos','sortOrder':3}");
      scene.update(id, "{'name':'Elsewhere'}");
      scene.sync();
      assertThat(scene.mailbox(id).get("role").stringValue()).isEqualTo("memos");
      assertThat(scene.mailbox(id).get("sortOrder").asLong()).isEqualTo(3);
    }
  }

  /** Cyrus refuses; this Dovecot makes the folder again, as its administrator wants it. */
  @ParameterizedTest
  @EnumSource
  void aMailboxThatTheServerInsistsOnIsForbiddenToDestroy(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      String archive = scene.client.mailboxOfRole("archive");
      JsonNode response = scene.set("{'destroy':['" + archive + "']}");
      assertThat(response.get("notDestroyed").get(archive).get("type").stringValue())
          .as(response.toString())
          .isEqualTo("forbidden");
      assertThat(scene.mailbox(archive).get("role").stringValue()).isEqualTo("archive");
    }
  }

  @ParameterizedTest
  @EnumSource
  void subscriptionsAreThoseOfImapBothWays(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      String id = scene.client.createMailbox("Wanted");
      assertThat(scene.lists("LSUB \"\" \"*\"", "Wanted")).isTrue();
      String quiet =
          MailClient.createdId(scene.set("{'create':{'k':{'name':'Quiet','isSubscribed':false}}}"));
      assertThat(scene.lists("LSUB \"\" \"*\"", "Quiet")).isFalse();
      scene.update(quiet, "{'isSubscribed':true}");
      assertThat(scene.lists("LSUB \"\" \"*\"", "Quiet")).isTrue();

      scene.other.ok("UNSUBSCRIBE Wanted");
      scene.sync();
      assertThat(scene.mailbox(id).get("isSubscribed").booleanValue()).isFalse();
      scene.other.ok("SUBSCRIBE Wanted");
      scene.sync();
      assertThat(scene.mailbox(id).get("isSubscribed").booleanValue()).isTrue();

      scene.update(id, "{'name':'Renamed'}");
      assertThat(scene.lists("LSUB \"\" \"*\"", "Renamed")).isTrue();
      assertThat(scene.lists("LSUB \"\" \"*\"", "Wanted")).isFalse();
      assertThat(scene.mailbox(id).get("isSubscribed").booleanValue()).isTrue();
      scene.set("{'destroy':['" + id + "']}");
      assertThat(scene.lists("LSUB \"\" \"*\"", "Renamed")).isFalse();
    }
  }

  /** RENAME INBOX would move the mail out of it (RFC 9051 section 6.3.6). */
  @ParameterizedTest
  @EnumSource
  void theInboxStaysWhereItIs(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      String inbox = scene.client.mailboxOfRole("inbox");
      String email = scene.client.importMessage(Message.about("stay"), inbox);
      String parent = scene.client.createMailbox("Parent");
      for (String patch : List.of("{'name':'Other'}", "{'parentId':'" + parent + "'}")) {
        assertThat(refusedUpdate(scene, inbox, patch).get("type").stringValue())
            .isEqualTo("forbidden");
      }
      assertThat(refusedUpdate(scene, inbox, "{'role':null}").get("type").stringValue())
          .isEqualTo("invalidProperties");
      JsonNode response = scene.set("{'destroy':['" + inbox + "'],'onDestroyRemoveEmails':true}");
      assertThat(response.get("notDestroyed").get(inbox).get("type").stringValue())
          .isEqualTo("forbidden");
      assertThat(scene.client.query("Email", "{'filter':{'inMailbox':'" + inbox + "'}}"))
          .containsExactly(email);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aNameIsTakenAsItIsOrRefusedByName(Kind kind) {
    List<String> names =
        List.of(
            "a/b",
            "a.b",
            ".",
            "..",
            ".hidden",
            "../up",
            " leading",
            "trailing ",
            "a\\b",
            "a&b",
            "inbox",
            "InBoX",
            "50%",
            "all*",
            "~home",
            "#news",
            "(x)",
            "{5}",
            "a]b",
            "it's",
            "ü".repeat(127),
            "日".repeat(85),
            "x".repeat(255),
            "\uD83D\uDE00",
            "&AOQ-",
            "a\u00a0b");
    try (Scene scene = new Scene(kind)) {
      Replay replay = Replay.from(scene.client, "Mailbox");
      int taken = 0;
      for (String name : names) {
        String json = name.replace("\\", "\\\\").replace("'", "\\u0027");
        JsonNode response = scene.set("{'create':{'k':{'name':'" + json + "'}}}");
        if (response.get("created").isNull()) {
          JsonNode error = response.get("notCreated").get("k");
          assertThat(error.get("type").stringValue())
              .as(name + ": " + error)
              .isEqualTo("invalidProperties");
          assertThat(MailClient.strings(error.get("properties"))).containsExactly("name");
        } else {
          String id = response.get("created").get("k").get("id").stringValue();
          scene.sync();
          assertThat(scene.mailbox(id).get("name").stringValue()).isEqualTo(name);
          assertThat(scene.mailbox(id).get("parentId").isNull()).as(name).isTrue();
          String email = scene.client.importMessage(Message.about("into " + taken), id);
          assertThat(scene.client.query("Email", "{'filter':{'inMailbox':'" + id + "'}}"))
              .containsExactly(email);
          taken++;
        }
      }
      assertThat(taken).isGreaterThan(8);
      replay.verify();
    }
  }

  @ParameterizedTest
  @EnumSource
  void treesEndWhereTheyAreAnnouncedToEnd(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      StringBuilder creations = new StringBuilder("'m0':{'name':'d'}");
      for (int level = 1; level <= 100; level++) {
        creations.append(",'m" + level + "':{'name':'d','parentId':'#m" + (level - 1) + "'}");
      }
      JsonNode response = scene.set("{'create':{" + creations + "}}");
      assertThat(response.get("created").size()).as(response.toString()).isEqualTo(100);
      JsonNode error = response.get("notCreated").get("m100");
      assertThat(error.get("type").stringValue()).isEqualTo("invalidProperties");
      assertThat(MailClient.strings(error.get("properties"))).containsExactly("parentId");
      String top = response.get("created").get("m0").get("id").stringValue();
      String above = scene.client.createMailbox("above");
      assertThat(
              refusedUpdate(scene, top, "{'parentId':'" + above + "'}").get("type").stringValue())
          .isEqualTo("invalidProperties");
    }
  }

  @ParameterizedTest
  @EnumSource
  void pathsThatTheServerFindsTooLongAreRefusedByName(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      Optional<String> parent = Optional.empty();
      Optional<JsonNode> refusal = Optional.empty();
      for (int level = 0; level < 40 && refusal.isEmpty(); level++) {
        String below = parent.map(id -> ",'parentId':'" + id + "'").orElse("");
        JsonNode response =
            scene.set("{'create':{'k':{'name':'" + "n".repeat(200) + "'" + below + "}}}");
        refusal = Optional.ofNullable(response.get("notCreated").get("k"));
        parent = Optional.ofNullable(response.at("/created/k/id").asString(null));
      }
      assertThat(refusal).isPresent();
      assertThat(refusal.get().get("type").stringValue())
          .as(refusal.get().toString())
          .isEqualTo("invalidProperties");
      scene.sync();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMailboxThatAnotherClientHasJustMadeIsNamedAsExisting(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      String mine = scene.client.createMailbox("Mine");
      scene.other.ok("CREATE Theirs");
      JsonNode refused = scene.set("{'create':{'k':{'name':'Theirs'}}}").get("notCreated").get("k");
      assertThat(refused.get("type").stringValue())
          .as(refused.toString())
          .isEqualTo("alreadyExists");
      String theirs = refused.get("existingId").stringValue();
      assertThat(scene.mailbox(theirs).get("name").stringValue()).isEqualTo("Theirs");

      scene.other.ok("CREATE More");
      JsonNode clash = refusedUpdate(scene, mine, "{'name':'More'}");
      assertThat(clash.get("type").stringValue()).as(clash.toString()).isEqualTo("alreadyExists");
      assertThat(scene.mailbox(clash.get("existingId").stringValue()).get("name").stringValue())
          .isEqualTo("More");
      assertThat(scene.mailbox(mine).get("name").stringValue()).isEqualTo("Mine");
    }
  }

  /** Not on Cyrus 3.6, whose LIST may tell another MAILBOXID than the folder has. */
  @ParameterizedTest
  @EnumSource(names = "ON_DOVECOT")
  void aMailboxThatAnotherClientHasJustRenamedIsFoundUnderItsNewName(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      String id = scene.client.createMailbox("Before");
      scene.client.importMessage(Message.about("evidence"), id);
      scene.other.ok("RENAME Before Meanwhile");
      JsonNode response = scene.update(id, "{'name':'After'}");
      assertThat(response.get("notUpdated").isNull()).as(response.toString()).isTrue();
      assertThat(scene.mailbox(id).get("name").stringValue()).isEqualTo("After");
      assertThat(scene.lists("LIST \"\" \"*\"", "After")).isTrue();
      assertThat(scene.lists("LIST \"\" \"*\"", "Meanwhile")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void mailThatIsNotSeenYetKeepsAMailboxFromBeingDestroyed(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      String parent = scene.client.createMailbox("Parent");
      String child = scene.client.createMailbox("Child", parent);
      scene.server.seed(scene.user, childPath(scene), 1);
      JsonNode refused = scene.set("{'destroy':['" + parent + "','" + child + "']}");
      assertThat(refused.get("notDestroyed").has(child)).as(refused.toString()).isTrue();
      assertThat(refused.get("notDestroyed").get(child).get("type").stringValue())
          .isEqualTo("mailboxHasEmail");
      assertThat(refused.get("notDestroyed").get(parent).get("type").stringValue())
          .isEqualTo("mailboxHasChild");
      JsonNode gone =
          scene.set("{'destroy':['" + parent + "','" + child + "'],'onDestroyRemoveEmails':true}");
      assertThat(MailClient.strings(gone.get("destroyed")))
          .containsExactlyInAnyOrder(parent, child);
      scene.sync();
      assertThat(scene.client.query("Email", "{}")).isEmpty();
      assertThat(scene.lists("LIST \"\" \"*\"", "Parent")).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsCreatedCanBeChangedAndDestroyedInTheSameCall(Kind kind) {
    try (Scene scene = new Scene(kind)) {
      Replay replay = Replay.from(scene.client, "Mailbox");
      JsonNode response =
          scene.set(
              "{'create':{'a':{'name':'A'},'b':{'name':'B'}},'update':{'#a':{'name':'C'}},"
                  + "'destroy':['#b']}");
      String a = response.get("created").get("a").get("id").stringValue();
      String b = response.get("created").get("b").get("id").stringValue();
      assertThat(response.get("updated").propertyNames()).containsExactly(a);
      assertThat(MailClient.strings(response.get("destroyed"))).containsExactly(b);
      assertThat(scene.mailbox(a).get("name").stringValue()).isEqualTo("C");
      replay.verify();
    }
  }

  private static String childPath(Scene scene) {
    return scene.other.ok("LIST \"\" \"*\"").stream()
        .map(line -> line.substring(line.lastIndexOf(' ') + 1).replace("\"", ""))
        .filter(path -> path.endsWith("Child"))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode refusedUpdate(Scene scene, String id, String patch) {
    JsonNode response = scene.update(id, patch);
    assertThat(response.path("notUpdated").has(id)).as(response.toString()).isTrue();
    return response.get("notUpdated").get(id);
  }
}
