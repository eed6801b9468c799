package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy.Cut;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.Replay;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The server fails in the middle of an Email/set of twenty objects: each of them is told what
 * became of it, and no other.
 */
@Timeout(300)
class HalfwayTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Set<String> FAILED = Set.of("serverUnavailable", "serverFail");

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  /** What is asked of an Email, and how it shows. */
  private record Wish(String id, String before, String after) {}

  /** An account behind a way that breaks. */
  private static final class Scene implements AutoCloseable {
    final MeddlingProxy way = MeddlingProxy.to(DOVECOT);
    final ImapProxy proxy = new ImapProxy(builder -> builder.maxConnectionsPerAccount(1));
    final OpenAccount account;
    final MailClient client;
    final String archive;

    Scene(String user) {
      DOVECOT.seed(user, "INBOX", 20);
      DOVECOT.seed(user, "Work", 20);
      account =
          proxy
              .backend()
              .open(ImapProxy.configuration("127.0.0.1", way.port(), user, DovecotServer.PASSWORD));
      account.sync(PATIENCE);
      client = new MailClient(Account.of(Id.of(user), user, account.roles()));
      archive = client.mailboxOfRole("archive");
    }

    List<String> in(String name) {
      String mailbox =
          name.equals("INBOX")
              ? client.mailboxOfRole("inbox")
              : client.query("Mailbox", "{'filter':{'name':'" + name + "'}}").get(0);
      return client.query("Email", "{'filter':{'inMailbox':'" + mailbox + "'}}");
    }

    String shown(String id) {
      JsonNode response =
          client.call("Email/get", "{'ids':['" + id + "'],'properties':['keywords','mailboxIds']}");
      if (response.get("list").isEmpty()) {
        return "gone";
      }
      JsonNode email = response.get("list").get(0);
      return shown(names(email.get("keywords")), names(email.get("mailboxIds")));
    }

    static String shown(Set<String> keywords, Set<String> mailboxIds) {
      return keywords + " in " + mailboxIds;
    }

    static Set<String> names(JsonNode set) {
      return new TreeSet<>(set.propertyNames());
    }

    @Override
    public void close() {
      account.close();
      proxy.close();
      way.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"BEFORE,false", "AFTER,false", "BEFORE,true", "AFTER,true"})
  void everyObjectIsToldWhatBecameOfIt(Cut how, boolean staysAway) {
    try (Scene scene = new Scene("half" + how.name().charAt(0) + (staysAway ? 1 : 0))) {
      Replay replay = Replay.from(scene.client, "Email");
      boolean cut = true;
      int failures = 0;
      for (int at = 1; cut && at < 30; at++) {
        List<Wish> wishes = new ArrayList<>();
        String arguments = wishes(scene, at, wishes);
        scene.way.cutAt(at, how, staysAway);
        JsonNode response = scene.client.call("Email/set", arguments);
        cut = scene.way.hasCut();
        scene.way.heal();
        ImapProxy.await("the server is there again", () -> syncs(scene));
        failures += judge(scene, response, wishes, how + " " + at);
        replay.verify();
      }
      assertThat(cut).isFalse();
      assertThat(failures).isPositive();
    }
  }

  private static boolean syncs(Scene scene) {
    try {
      scene.account.sync(PATIENCE);
      return true;
    } catch (BackendException e) {
      return false;
    }
  }

  /** Eight get a keyword in each of two folders, two move, one goes; two are refused anyway. */
  private static String wishes(Scene scene, int round, List<Wish> wishes) {
    List<String> inbox = scene.in("INBOX");
    List<String> work = scene.in("Work");
    List<String> updates = new ArrayList<>();
    for (String id : concat(inbox.subList(0, 8), work.subList(0, 8))) {
      JsonNode email = scene.client.get("Email", id, "keywords", "mailboxIds");
      Set<String> keywords = Scene.names(email.get("keywords"));
      Set<String> mailboxIds = Scene.names(email.get("mailboxIds"));
      String before = Scene.shown(keywords, mailboxIds);
      keywords.add("round" + round);
      wishes.add(new Wish(id, before, Scene.shown(keywords, mailboxIds)));
      updates.add("'" + id + "':{'keywords/round" + round + "':true}");
    }
    if (inbox.size() > 12) {
      for (String id : inbox.subList(10, 12)) {
        JsonNode email = scene.client.get("Email", id, "keywords");
        Set<String> keywords = Scene.names(email.get("keywords"));
        wishes.add(new Wish(id, scene.shown(id), Scene.shown(keywords, Set.of(scene.archive))));
        updates.add("'" + id + "':{'mailboxIds':{'" + scene.archive + "':true}}");
      }
    }
    updates.add("'nothing':{'keywords/x':true}");
    updates.add("'" + inbox.get(9) + "':{'mailboxIds/nothing':true}");
    String doomed = work.get(work.size() - 1);
    wishes.add(new Wish(doomed, scene.shown(doomed), "gone"));
    return "{'update':{" + String.join(",", updates) + "},'destroy':['" + doomed + "']}";
  }

  private static List<String> concat(List<String> some, List<String> others) {
    List<String> all = new ArrayList<>(some);
    all.addAll(others);
    return all;
  }

  private static int judge(Scene scene, JsonNode response, List<Wish> wishes, String when) {
    assertThat(response.get("notUpdated").get("nothing").get("type").stringValue())
        .as(when)
        .isEqualTo("notFound");
    Map<String, String> errors = new HashMap<>();
    for (String part : List.of("notUpdated", "notDestroyed")) {
      response
          .get(part)
          .properties()
          .forEach(e -> errors.put(e.getKey(), e.getValue().get("type").stringValue()));
    }
    if (!response.get("updated").isNull() || errors.containsValue("serverPartialFail")) {
      assertThat(errors).as(when).containsValue("invalidProperties");
    }
    for (Wish wish : wishes) {
      String error = errors.getOrDefault(wish.id(), "none");
      String what = when + ", told " + error;
      if (error.equals("none")) {
        assertThat(scene.shown(wish.id())).as(what).isEqualTo(wish.after());
      } else if (FAILED.contains(error)) {
        assertThat(scene.shown(wish.id())).as(what).isEqualTo(wish.before());
      } else {
        assertThat(error).as(what).isEqualTo("serverPartialFail");
      }
    }
    return errors.size() - 2;
  }
}
