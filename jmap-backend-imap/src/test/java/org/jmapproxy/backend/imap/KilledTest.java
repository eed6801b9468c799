package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.KilledProxy;
import org.jmapproxy.backend.imap.testkit.ServerTruth;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process with the backend is killed at random moments (SIGKILL). Afterwards the database is
 * sound, states have not gone back, nothing is missing, nothing is double, and what a client was
 * told has happened.
 */
class KilledTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  @TempDir Path directory;

  @Test
  void killedATenfold() {
    lives(10);
  }

  @Test
  @Tag("full")
  void killedTwoHundredfold() {
    lives(200);
  }

  private void lives(int number) {
    String user = "user" + number;
    DOVECOT.seed(user, "INBOX", 1500);
    DOVECOT.seed(user, "Work", 200);
    for (int life = 0; life < number; life++) {
      switch (life % 3) {
        case 0 -> duringFirstSynchronisation(user, life);
        case 1 -> duringLaterRounds(user, life);
        default -> duringWrites(user, life);
      }
    }
  }

  private void duringFirstSynchronisation(String user, int life) {
    try (ImapProxy proxy = ImapProxy.in(directory, builder -> builder)) {
      proxy.backend().delete(Id.of(user));
    }
    check(user, live(user, "read", life, () -> {}), life);
  }

  private void duringLaterRounds(String user, int life) {
    check(user, live(user, "read", life, () -> change(user, life)), life);
  }

  private void duringWrites(String user, int life) {
    check(user, live(user, "write", life, () -> {}), life);
  }

  /** What another client does meanwhile. */
  private static void change(String user, int life) {
    DOVECOT.seed(user, "INBOX", 40);
    try (ImapConnection other = DOVECOT.connect(user)) {
      other.select("INBOX");
      UidSet uids = other.messages().search(SearchCriteria.all());
      other.messages().store(uids, StoreMode.ADD, Set.of("life" + life));
      List<UidSet> parts = uids.chunks(30);
      other.messages().move(parts.get(0), "Work");
      other.messages().store(parts.get(1), StoreMode.ADD, Set.of("\\Deleted"));
      other.messages().expunge(parts.get(1));
    }
  }

  /** One life of a process; what it told before it was killed. */
  private List<String> live(String user, String does, int life, Runnable meanwhile) {
    try {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  "-XX:TieredStopAtLevel=1",
                  KilledProxy.class.getName(),
                  directory.toString(),
                  DOVECOT.host(),
                  Integer.toString(DOVECOT.imapPort()),
                  user,
                  does,
                  "life" + life)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      List<String> told = new ArrayList<>();
      CompletableFuture<Void> opened = new CompletableFuture<>();
      Thread reader = new Thread(() -> read(process, told, opened));
      reader.start();
      opened.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      meanwhile.run();
      ImapProxy.pause(Duration.ofMillis(ThreadLocalRandom.current().nextLong(1200)));
      process.destroyForcibly().waitFor();
      reader.join();
      return told;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void read(Process process, List<String> told, CompletableFuture<Void> opened) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        told.add(line);
        if (line.startsWith("OPEN")) {
          opened.complete(null);
        }
      }
    } catch (IOException e) {
      told.add("END");
    }
    opened.completeExceptionally(new IllegalStateException("it never opened: " + told));
  }

  private void check(String user, List<String> told, int life) {
    assertSound(user);
    String what = "life " + life + ", which told " + told.size() + " lines";
    try (ImapProxy proxy = ImapProxy.in(directory, builder -> builder);
        ImapConnection server = DOVECOT.connect(user);
        OpenAccount account = proxy.open(DOVECOT, user)) {
      AccountView view = new AccountView(account, user);
      List<State> states =
          told.stream()
              .filter(line -> line.startsWith("STATE "))
              .map(line -> State.of(line.substring(6)))
              .toList();
      states.forEach(
          state ->
              assertThat(sequence(view.emailState()))
                  .as(what)
                  .isGreaterThanOrEqualTo(sequence(state)));
      account.sync(PATIENCE);
      // The last command of the killed process may still be carried out by the server.
      ImapProxy.await(
          "in step after " + what,
          () -> {
            account.sync(PATIENCE);
            return ServerTruth.shown(view).equals(ServerTruth.of(server));
          });
      ServerTruth.assertShown(view, server);
      if (!states.isEmpty()) {
        assertThat(view.emailChanges(states.get(states.size() - 1)).created())
            .as(what)
            .doesNotHaveDuplicates();
      }
      assertKept(told, ServerTruth.of(server), what);
    }
  }

  /** What was acknowledged is there, once; what was not is there at most once. */
  private static void assertKept(List<String> told, Map<String, List<String>> truth, String what) {
    List<String> all = truth.values().stream().flatMap(List::stream).toList();
    for (String messageId : ids(told, "BEGIN ")) {
      List<String> copies = all.stream().filter(line -> line.startsWith(messageId)).toList();
      assertThat(copies).as(messageId + " in " + what).hasSizeLessThanOrEqualTo(1);
      boolean destroyed = ids(told, "DESTROYED ").contains(messageId);
      if (destroyed) {
        assertThat(copies).as(messageId + " destroyed in " + what).isEmpty();
      } else if (ids(told, "CREATED ").contains(messageId) && !isLast(told, messageId)) {
        assertThat(copies).as(messageId + " created in " + what).hasSize(1);
      }
      if (ids(told, "MARKED ").contains(messageId) && !copies.isEmpty()) {
        assertThat(copies.get(0)).as(what).contains("marked");
      }
      if (ids(told, "MOVED ").contains(messageId) && !copies.isEmpty()) {
        assertThat(truth.getOrDefault("Archive", List.of())).as(what).containsAll(copies);
      }
    }
  }

  /** The last message may have been destroyed without anybody hearing of it. */
  private static boolean isLast(List<String> told, String messageId) {
    Set<String> begun = ids(told, "BEGIN ");
    boolean mayBeGoing = Integer.parseInt(messageId.replaceAll(".*-(\\d+)@x", "$1")) % 3 == 0;
    return mayBeGoing
        && told.lastIndexOf("BEGIN " + messageId) == lastBegin(told)
        && !begun.isEmpty();
  }

  private static int lastBegin(List<String> told) {
    int last = -1;
    for (int i = 0; i < told.size(); i++) {
      last = told.get(i).startsWith("BEGIN ") ? i : last;
    }
    return last;
  }

  private static Set<String> ids(List<String> told, String word) {
    return told.stream()
        .filter(line -> line.startsWith(word))
        .map(line -> line.substring(word.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static long sequence(State state) {
    return Long.parseLong(state.value().substring(state.value().lastIndexOf('-') + 1));
  }

  private void assertSound(String user) {
    Path file = directory.resolve(user + ".sqlite3");
    if (!Files.exists(file)) {
      return;
    }
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("ok");
    } catch (SQLException e) {
      throw new AssertionError("The database does not open", e);
    }
  }
}
