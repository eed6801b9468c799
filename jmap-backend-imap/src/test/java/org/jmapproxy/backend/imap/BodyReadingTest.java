package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.FaultyProxy;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.MailClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Bodies are fetched together, once, and what is here stays readable. */
@Timeout(120)
class BodyReadingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String VALUES =
      "'properties':['subject','textBody','bodyValues'],'fetchTextBodyValues':true";

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static final AtomicInteger USERS = new AtomicInteger();

  private final String user = "reader" + USERS.incrementAndGet();
  private final FaultyProxy wire = FaultyProxy.to(DOVECOT.imapPort());
  private final List<AutoCloseable> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened) {
      one.close();
    }
    wire.close();
  }

  @Test
  void theBodiesOfManyEmailsComeWithFewCommands() {
    DOVECOT.seed(user, "INBOX", 60);
    MailClient client = open(builder -> builder);
    List<String> ids = ids(client);
    long before = wire.said("UID FETCH");
    JsonNode list = get(client, ids, VALUES).get("list");
    assertThat(list.size()).isEqualTo(60);
    list.forEach(email -> assertThat(value(email)).startsWith("Text of message"));
    assertThat(wire.said("UID FETCH") - before).isLessThanOrEqualTo(2);
    get(client, ids, VALUES);
    assertThat(wire.said("UID FETCH") - before).isLessThanOrEqualTo(2);
  }

  @Test
  void snippetsOfManyEmailsComeWithFewCommands() {
    DOVECOT.seed(user, "INBOX", 60);
    MailClient client = open(builder -> builder);
    String ids = "['" + String.join("','", ids(client)) + "']";
    long before = wire.said("UID FETCH");
    JsonNode list =
        client
            .call("SearchSnippet/get", "{'filter':{'body':'grüße'},'emailIds':" + ids + "}")
            .get("list");
    assertThat(list.size()).isEqualTo(60);
    list.forEach(
        one -> assertThat(one.get("preview").stringValue()).contains("<mark>grüße</mark>"));
    assertThat(wire.said("UID FETCH") - before).isLessThanOrEqualTo(2);
  }

  @Test
  void ofLargeMessagesOnlyTheTextsAreFetched() {
    try (ImapConnection imap = DOVECOT.connect(user)) {
      for (int i = 0; i < 5; i++) {
        append(imap, withAttachment("large " + i, 400_000));
      }
    }
    MailClient client = open(builder -> builder);
    long before = wire.said("UID FETCH");
    JsonNode list = get(client, ids(client), VALUES).get("list");
    list.forEach(email -> assertThat(value(email)).isEqualTo("See it."));
    assertThat(wire.said("UID FETCH") - before).isLessThanOrEqualTo(2);
    assertThat(wire.said("BODY.PEEK[]")).isZero();
  }

  @Test
  void theSizeOfALargeAttachmentIsExactWithoutFetchingIt() {
    try (ImapConnection imap = DOVECOT.connect(user)) {
      append(imap, withAttachment("one", 400_001));
      append(imap, withAttachment("two", 400_002));
    }
    MailClient client = open(builder -> builder);
    long before = wire.said("UID FETCH");
    List<String> ids = ids(client);
    assertThat(sizes(client, ids)).containsExactlyInAnyOrder(400_001L, 400_002L);
    assertThat(sizes(client, ids)).containsExactlyInAnyOrder(400_001L, 400_002L);
    assertThat(wire.said("UID FETCH") - before).isEqualTo(1);
    assertThat(wire.said("BODY.PEEK[2]")).isZero();
    wire.refuse(true);
    wire.cut();
    assertThat(sizes(client, ids)).containsExactlyInAnyOrder(400_001L, 400_002L);
  }

  @Test
  void aPartThatTheServerCannotDecodeDoesNotHideTheSizesOfOthers() {
    try (ImapConnection imap = DOVECOT.connect(user)) {
      append(imap, withAttachment("one", 400_001));
      append(imap, withAttachment("bad", 400_002).replaceAll("([A-Za-z0-9+/]{70})", "$1!=?"));
    }
    MailClient client = open(builder -> builder);
    assertThat(sizes(client, ids(client))).hasSize(2).contains(400_001L);
  }

  private static List<Long> sizes(MailClient client, List<String> ids) {
    List<Long> sizes = new ArrayList<>();
    get(client, ids, "'properties':['attachments']")
        .get("list")
        .forEach(email -> sizes.add(email.get("attachments").get(0).get("size").asLong()));
    return sizes;
  }

  @Test
  void concurrentReadersOfOneMessageShareTheFetch() throws Exception {
    DOVECOT.seed(user, "INBOX", 1);
    MailClient client = open(builder -> builder);
    List<String> ids = ids(client);
    wire.delay(Duration.ofMillis(20));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<JsonNode>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(() -> get(client, ids, VALUES)));
      }
      for (Future<JsonNode> answer : answers) {
        assertThat(value(answer.get(60, TimeUnit.SECONDS).get("list").get(0)))
            .startsWith("Text of message 1");
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(wire.said("BODY.PEEK[]")).isEqualTo(1);
  }

  @Test
  void aReplyThatIsLostIsAskedForAgain() {
    DOVECOT.seed(user, "INBOX", 20);
    MailClient client = open(builder -> builder);
    wire.loseReplyTo("BODY.PEEK[]");
    get(client, ids(client), VALUES)
        .get("list")
        .forEach(email -> assertThat(value(email)).startsWith("Text of message"));
  }

  @Test
  void aDeadServerStillServesWhatIsCachedAndSaysSoOfTheRest() {
    DOVECOT.seed(user, "INBOX", 3);
    MailClient client = open(builder -> builder);
    List<String> ids = ids(client);
    get(client, ids.subList(0, 2), VALUES);
    wire.refuse(true);
    wire.cut();
    JsonNode list = get(client, ids, VALUES).get("list");
    assertThat(value(list.get(0))).startsWith("Text of message");
    assertThat(value(list.get(1))).startsWith("Text of message");
    assertThat(list.get(2).get("subject").stringValue()).contains("Müller");
    assertThat(list.get(2).get("bodyValues").get("1").get("isTruncated").booleanValue()).isTrue();
    assertThat(value(list.get(2))).isEmpty();
    assertThat(error(client, ids.get(2))).isEqualTo("serverUnavailable");
    assertThat(get(client, ids, "'properties':['subject','attachments']").get("list").size())
        .isEqualTo(3);
    wire.heal();
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (error(client, ids.get(2)).equals("serverUnavailable") && System.nanoTime() < giveUp) {
      Thread.onSpinWait();
    }
    assertThat(value(get(client, ids.subList(2, 3), VALUES).get("list").get(0)))
        .startsWith("Text of message");
  }

  @Test
  void aCacheThatIsTooSmallForTheAnswerOnlyCostsTime() {
    DOVECOT.seed(user, "INBOX", 30);
    MailClient client = open(builder -> builder.bodyCacheBytes(5000));
    get(client, ids(client), VALUES)
        .get("list")
        .forEach(email -> assertThat(value(email)).startsWith("Text of message"));
  }

  @Test
  void aMessageThatIsGoneFromTheServerLeavesTheOthersReadable() {
    DOVECOT.seed(user, "INBOX", 2);
    MailClient client = open(builder -> builder.pollInterval(Duration.ofHours(1)));
    List<String> ids = ids(client);
    wire.stall(true);
    try (ImapConnection imap = DOVECOT.connect(user)) {
      imap.select("INBOX");
      UidSet last = UidSet.of(2);
      imap.messages().store(last, StoreMode.ADD, Set.of("\\Deleted"));
      imap.messages().expungeAll();
    }
    wire.cut();
    wire.stall(false);
    JsonNode list = get(client, ids, VALUES).get("list");
    assertThat(value(list.get(list.size() - 1))).startsWith("Text of message 1");
  }

  private MailClient open(UnaryOperator<ImapBackendBuilder> settings) {
    ImapProxy proxy = new ImapProxy(settings);
    OpenAccount account =
        proxy
            .backend()
            .open(ImapProxy.configuration("127.0.0.1", wire.port(), user, DovecotServer.PASSWORD));
    opened.add(account);
    opened.add(proxy);
    account.sync(PATIENCE);
    return new MailClient(Account.of(Id.of(user), user, account.roles()));
  }

  private static List<String> ids(MailClient client) {
    return client.query("Email", "{'sort':[{'property':'receivedAt','isAscending':false}]}");
  }

  private static JsonNode get(MailClient client, List<String> ids, String more) {
    return client.call("Email/get", "{'ids':['" + String.join("','", ids) + "']," + more + "}");
  }

  /** The type of the error of reading a body, or the empty text. */
  private static String error(MailClient client, String id) {
    JsonNode response =
        client.request("[['Email/get',{'ids':['" + id + "']," + VALUES + "},'c']]").get(0);
    return response.get(0).stringValue().equals("error")
        ? response.get(1).get("type").stringValue()
        : "";
  }

  private static String value(JsonNode email) {
    return email.get("bodyValues").values().iterator().next().get("value").stringValue();
  }

  private static String withAttachment(String subject, int octets) {
    byte[] content = new byte[octets];
    new Random(octets).nextBytes(content);
    return "Subject: "
        + subject
        + "\r\nMessage-ID: <"
        + subject.replace(' ', '.')
        + "@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        + "--b\r\nContent-Type: text/plain\r\n\r\nSee it.\r\n"
        + "--b\r\nContent-Type: application/pdf; name=report.pdf\r\n"
        + "Content-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(content)
        + "\r\n--b--\r\n";
  }

  private static void append(ImapConnection imap, String message) {
    byte[] octets = message.getBytes(StandardCharsets.UTF_8);
    imap.messages()
        .append(
            "INBOX", Set.of(), Optional.empty(), octets.length, new ByteArrayInputStream(octets));
  }
}
