package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.CyrusServer;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.MailScene;
import org.jmapproxy.backend.imap.testkit.RealServer;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * An IMAP client and a JMAP client do random things to the same mail at the same time. Now and then
 * both pause: then the replica is what the server holds, and every client that follows by changes
 * knows it.
 */
class RandomMailTest {
  private static final List<String> FOLDERS =
      List.of("INBOX", "Archive", "Trash", "Work", "Work/Sub", "Play");
  private static final String[] FLAGS = {"\\Seen", "\\Flagged", "\\Deleted", "$work"};

  private static final DovecotServer DOVECOT = DovecotServer.standard();
  private static final DovecotServer PLAIN = DovecotServer.builder().plainImap().build();
  private static final CyrusServer CYRUS = CyrusServer.standard();

  @BeforeAll
  static void start() {
    List.of(DOVECOT, PLAIN, CYRUS).forEach(RealServer::start);
  }

  @AfterAll
  static void stop() {
    List.of(DOVECOT, PLAIN, CYRUS).forEach(RealServer::close);
  }

  @ParameterizedTest
  @CsvSource({"dovecot,1", "dovecot,2", "plain,3", "plain,4", "cyrus,5"})
  void aWhile(String kind, long seed) {
    play(kind, seed, 4);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({
    "dovecot,11",
    "dovecot,12",
    "dovecot,13",
    "plain,14",
    "plain,15",
    "plain,16",
    "cyrus,17",
    "cyrus,18"
  })
  void aLongTime(String kind, long seed) {
    play(kind, seed, 40);
  }

  private static void play(String kind, long seed, int phases) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (MailScene scene = scene(kind)) {
      scene.create("Work");
      scene.seed("INBOX", 12);
      scene.sync();
      Random random = new Random(seed);
      ImapActor imap = new ImapActor(scene, new Random(random.nextLong()));
      JmapActor jmap = new JmapActor(scene.view(), new Random(random.nextLong()));
      for (int phase = 0; phase < phases; phase++) {
        try (Subscription lease = scene.lease()) {
          assertThat(lease).isNotNull();
          Future<?> other = thread.submit(() -> imap.act(14));
          jmap.act(8);
          await(other);
        }
        scene.sync();
        isWhatTheServerHolds(scene);
      }
    } finally {
      thread.shutdownNow();
    }
  }

  private static MailScene scene(String kind) {
    return switch (kind) {
      case "dovecot" -> new MailScene(DOVECOT);
      case "plain" -> new MailScene(PLAIN, "X-GUID");
      default -> new MailScene(CYRUS);
    };
  }

  private static void await(Future<?> other) {
    try {
      other.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError("the other client failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void isWhatTheServerHolds(MailScene scene) {
    AccountView view = scene.view();
    Map<Id, String> paths = paths(view);
    Map<String, Set<String>> places = new TreeMap<>();
    Map<String, Set<String>> keywords = new TreeMap<>();
    for (Mailbox mailbox : view.mailboxes()) {
      for (Email email : view.emails(view.emailIdsIn(mailbox.id()))) {
        String name = name(email.headers().orElseThrow());
        places
            .computeIfAbsent(name, n -> new TreeSet<>())
            .add(paths.getOrDefault(mailbox.id(), ""));
        keywords.computeIfAbsent(name, n -> new TreeSet<>()).addAll(email.keywords());
      }
    }
    Map<String, Set<String>> truePlaces = new TreeMap<>();
    Map<String, Set<String>> trueKeywords = new TreeMap<>();
    Set<String> folders = new TreeSet<>();
    for (ListedMailbox listed : scene.other().mailboxes().list()) {
      folders.add(listed.name());
      if (listed.isSelectable()) {
        read(scene.other(), listed.name(), truePlaces, trueKeywords);
      }
    }
    assertThat(new TreeSet<>(paths.values())).containsAll(folders);
    assertThat(places).isEqualTo(truePlaces);
    assertThat(keywords).isEqualTo(trueKeywords);
  }

  private static void read(
      ImapConnection imap,
      String folder,
      Map<String, Set<String>> places,
      Map<String, Set<String>> keywords) {
    imap.select(folder);
    UidSet visible = imap.messages().search(SearchCriteria.all().deleted(false));
    FetchRequest request = FetchRequest.builder().flags().header().build();
    imap.messages()
        .fetch(
            visible,
            request,
            message -> {
              String name = name(HeaderBlock.of(message.header().orElseThrow()));
              places.computeIfAbsent(name, n -> new TreeSet<>()).add(folder);
              Set<String> flags = keywords.computeIfAbsent(name, n -> new TreeSet<>());
              message.flags().orElseThrow().stream()
                  .filter(flag -> !flag.equals("\\Recent"))
                  .forEach(flag -> flags.add(flag.replace('\\', '$').toLowerCase(Locale.ROOT)));
            });
  }

  private static String name(HeaderBlock header) {
    return header.messageIds("Message-ID").map(ids -> ids.get(0)).orElse("");
  }

  private static Map<Id, String> paths(AccountView view) {
    Map<Id, Mailbox> byId = new TreeMap<>();
    view.mailboxes().forEach(mailbox -> byId.put(mailbox.id(), mailbox));
    Map<Id, String> paths = new TreeMap<>();
    byId.forEach((id, mailbox) -> paths.put(id, path(mailbox, byId)));
    return paths;
  }

  private static String path(Mailbox mailbox, Map<Id, Mailbox> all) {
    return mailbox
        .parentId()
        .flatMap(id -> Optional.ofNullable(all.get(id)))
        .map(parent -> path(parent, all) + "/" + mailbox.name())
        .orElse(mailbox.name());
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The other client. */
  private static final class ImapActor {
    private final MailScene scene;
    private final Random random;
    private int named;

    ImapActor(MailScene scene, Random random) {
      this.scene = scene;
      this.random = random;
    }

    void act(int times) {
      for (int i = 0; i < times; i++) {
        try {
          act();
        } catch (ImapRefusedException e) {
          assertThat(e.closesConnection()).isFalse();
        } catch (ImapByeException e) {
          // Dovecot gives up a session whose mailbox was exchanged under it.
          scene.reconnect();
        }
      }
    }

    private void act() {
      ImapConnection imap = scene.other();
      String folder = any(random, FOLDERS);
      int dice = random.nextInt(100);
      if (dice < 30) {
        named++;
        String subject = "Topic " + random.nextInt(3);
        scene.append(folder, "i" + named, subject, "i" + (1 + random.nextInt(named)));
      } else if (dice < 88) {
        imap.select(folder);
        UidSet some = some(imap);
        if (!some.isEmpty()) {
          change(imap, some, dice);
        }
      } else if (dice < 91) {
        imap.mailboxes().create(folder);
      } else if (dice < 94) {
        imap.mailboxes().rename("Work", "Labour");
        imap.mailboxes().rename(any(random, List.of("Labour", "Play")), "Work");
      } else if (dice < 97) {
        imap.mailboxes().rename("Play", "Game");
        imap.mailboxes().rename("Work/Sub", "Play");
        imap.mailboxes().rename("Game", "Work/Sub");
      } else if (folder.startsWith("Work") || folder.equals("Play")) {
        imap.select("INBOX");
        imap.mailboxes().delete(folder);
      }
    }

    private void change(ImapConnection imap, UidSet some, int dice) {
      String to = any(random, FOLDERS);
      if (dice < 50) {
        StoreMode mode = random.nextBoolean() ? StoreMode.ADD : StoreMode.REMOVE;
        imap.messages().store(some, mode, Set.of(FLAGS[random.nextInt(FLAGS.length)]));
      } else if (dice < 62) {
        imap.messages().copy(some, to);
      } else if (dice < 80) {
        imap.messages().copy(some, to);
        scene.expunge(some);
      } else {
        scene.expunge(some);
      }
    }

    private UidSet some(ImapConnection imap) {
      UidSet.Builder some = UidSet.builder();
      imap.messages().search(SearchCriteria.all()).stream()
          .filter(uid -> random.nextInt(4) == 0)
          .forEach(some::add);
      return some.build();
    }
  }

  /** The JMAP client. */
  private static final class JmapActor {
    private final AccountView view;
    private final Random random;
    private int named;

    JmapActor(AccountView view, Random random) {
      this.view = view;
      this.random = random;
    }

    void act(int times) {
      for (int i = 0; i < times; i++) {
        act();
      }
    }

    private void act() {
      List<Mailbox> mailboxes =
          view.mailboxes().stream().filter(m -> m.myRights().mayAddItems()).toList();
      Mailbox from = any(random, mailboxes);
      Mailbox to = any(random, mailboxes);
      List<Id> ids = new ArrayList<>(view.emailIdsIn(from.id()));
      ids.removeIf(id -> random.nextInt(3) > 0);
      int dice = random.nextInt(100);
      if (dice < 30) {
        Set<String> keywords = Set.of(any(random, List.of("$seen", "$flagged", "later")));
        view.keywords(
            ids,
            random.nextBoolean()
                ? SetChange.patch(keywords, Set.of())
                : SetChange.patch(Set.of(), keywords));
      } else if (dice < 50) {
        view.move(ids, SetChange.replace(Set.of(to.id())));
      } else if (dice < 60) {
        view.move(ids, SetChange.patch(Set.of(to.id()), Set.of()));
      } else if (dice < 68) {
        view.destroy(new HashSet<>(ids));
      } else if (dice < 90) {
        named++;
        view.create(message(new HashSet<>(List.of(from.id(), to.id()))));
      } else if (dice < 95) {
        view.create(
            new MailboxCreation(
                any(random, List.of("Work", "Play")), Optional.empty(), Optional.empty(), 0, true));
      } else {
        view.mailbox("Play").ifPresent(play -> view.destroyMailbox(play.id(), Arguments.none()));
      }
    }

    private NewEmail message(Set<Id> mailboxIds) {
      String text =
          "From: a@example.org\r\nSubject: Topic "
              + random.nextInt(3)
              + "\r\nMessage-ID: <j"
              + named
              + "@example.org>\r\n\r\nText "
              + named
              + "\r\n";
      return new NewEmail(
          new MemoryBlob("message/rfc822", text.getBytes(StandardCharsets.UTF_8)),
          mailboxIds,
          Set.of(),
          Optional.of(Instant.parse("2026-04-01T12:00:00Z").plusSeconds(named)));
    }
  }
}
