package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.thread.EmailThread;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that does anything, followed by the store: after every transaction everything is counted
 * anew, and clients that follow changes page by page know what is there.
 */
class RandomOperationsTest {

  private static final int STEPS = 120;
  private static final String[] FLAGS = {"\\Seen", "\\Flagged", "\\Draft", "\\Deleted", "work"};

  private final Map<String, Map<Long, TestMessage>> server = new LinkedHashMap<>();
  private final Map<String, Long> nextUid = new HashMap<>();
  private final List<Follower> followers = new ArrayList<>();
  private int named;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void changesTellTheTruth(long seed, @TempDir Path directory) {
    Random random = new Random(seed);
    try (StoreFixture store = new StoreFixture(directory)) {
      for (String path : List.of("INBOX", "Trash", "A")) {
        addFolder(store, path);
      }
      for (int pageSize : new int[] {1, 2, 1000}) {
        followers.add(new Follower(store, pageSize));
      }
      for (int step = 0; step < STEPS; step++) {
        act(store, random);
        Invariants.check(store);
        isLikeTheServer(store);
        followers.get(2).follow();
        if (random.nextInt(6) == 0) {
          followers.forEach(Follower::follow);
        }
      }
      followers.forEach(Follower::follow);
    }
  }

  private void act(StoreFixture store, Random random) {
    String path = any(random, List.copyOf(server.keySet()));
    int dice = random.nextInt(100);
    if (dice < 40) {
      arrive(store, path, random);
    } else if (dice < 60) {
      flag(store, path, random);
    } else if (dice < 75) {
      move(store, path, any(random, List.copyOf(server.keySet())), random);
    } else if (dice < 88) {
      depart(store, path, random);
    } else if (dice < 92) {
      reset(store, path);
    } else if (dice < 95 && server.size() > 2 && !path.equals("INBOX")) {
      server.remove(path);
      store.unlist(path);
      store.list();
    } else {
      addFolder(store, any(random, List.of("A", "B", "C", "Trash")));
    }
  }

  private void addFolder(StoreFixture store, String path) {
    server.putIfAbsent(path, new LinkedHashMap<>());
    store.folder(path, path.equals("Trash") ? Optional.of("trash") : Optional.empty());
  }

  private void arrive(StoreFixture store, String path, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      named++;
      TestMessage message =
          TestMessage.named("m" + named)
              .subject("Topic " + random.nextInt(3))
              .at(TestMessage.NOON.plusSeconds(random.nextInt(50)))
              .flags(flags(random));
      if (random.nextBoolean()) {
        message = message.replyTo("m" + (1 + random.nextInt(named)));
      }
      if (random.nextInt(4) == 0) {
        message =
            message.field(
                "References",
                "<m"
                    + (1 + random.nextInt(named))
                    + "@example.org>"
                    + " <m"
                    + (1 + random.nextInt(named))
                    + "@example.org>");
      }
      if (random.nextInt(5) == 0) {
        message = message.emailId("E" + random.nextInt(20));
      }
      arrivals.add(put(path, message));
    }
    store.writer().apply(FolderDelta.of(store.key(path)).withArrivals(arrivals));
  }

  private void flag(StoreFixture store, String path, Random random) {
    List<FlagChange> changes = new ArrayList<>();
    folder(path)
        .replaceAll(
            (uid, message) -> {
              if (random.nextInt(3) > 0) {
                return message;
              }
              TestMessage flagged = message.flags(flags(random));
              changes.add(new FlagChange(uid, flagged.flags(), 0));
              return flagged;
            });
    store.writer().apply(FolderDelta.of(store.key(path)).withFlagChanges(changes));
  }

  private void move(StoreFixture store, String from, String to, Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    UidSet.Builder departures = UidSet.builder();
    for (long uid : List.copyOf(folder(from).keySet())) {
      if (!from.equals(to) && random.nextInt(3) == 0) {
        TestMessage message = folder(from).get(uid);
        if (message != null) {
          arrivals.add(put(to, message));
        }
        if (random.nextBoolean()) {
          folder(from).remove(uid);
          departures.add(uid);
        }
      }
    }
    FolderDelta arrived = FolderDelta.of(store.key(to)).withArrivals(arrivals);
    FolderDelta departed = FolderDelta.of(store.key(from)).withDepartures(departures.build());
    if (random.nextBoolean()) {
      store.writer().apply(List.of(departed, arrived));
    } else {
      store.writer().apply(arrived);
      store.writer().apply(departed);
    }
  }

  private void depart(StoreFixture store, String path, Random random) {
    UidSet.Builder departures = UidSet.builder();
    for (long uid : List.copyOf(folder(path).keySet())) {
      if (random.nextInt(3) == 0) {
        folder(path).remove(uid);
        departures.add(uid);
      }
    }
    store.writer().apply(FolderDelta.of(store.key(path)).withDepartures(departures.build()));
  }

  private void reset(StoreFixture store, String path) {
    List<TestMessage> messages = List.copyOf(folder(path).values());
    folder(path).clear();
    nextUid.put(path, 1L);
    store.writer().beginReset(store.key(path));
    Invariants.check(store);
    List<Arrival> arrivals = new ArrayList<>();
    messages.forEach(message -> arrivals.add(put(path, message)));
    store.writer().apply(FolderDelta.of(store.key(path)).withArrivals(arrivals));
    store.writer().endReset(store.key(path));
  }

  private Map<Long, TestMessage> folder(String path) {
    return server.computeIfAbsent(path, p -> new LinkedHashMap<>());
  }

  private Arrival put(String path, TestMessage message) {
    long uid = nextUid.merge(path, 1L, Long::sum);
    folder(path).put(uid, message);
    return message.uid(uid);
  }

  private void isLikeTheServer(StoreFixture store) {
    server.forEach(
        (path, messages) -> {
          FolderKey key = store.key(path);
          assertThat(store.reader().uids(key))
              .isEqualTo(UidSet.of(messages.keySet().stream().mapToLong(uid -> uid).toArray()));
          Set<Id> visible = new HashSet<>();
          messages.forEach(
              (uid, message) -> {
                if (!message.flags().contains("\\Deleted")) {
                  visible.add(store.emailId(key, uid));
                }
              });
          assertThat(store.mailbox(path).totalEmails()).isEqualTo(visible.size());
        });
  }

  private static String[] flags(Random random) {
    List<String> flags = new ArrayList<>();
    for (String flag : FLAGS) {
      if (random.nextInt(4) == 0) {
        flags.add(flag);
      }
    }
    return flags.toArray(String[]::new);
  }

  private static <T> T any(Random random, List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** A client that knows all objects and keeps up by changes. */
  private static final class Follower {

    private final StoreFixture store;
    private final int pageSize;
    private final Map<String, State> states = new HashMap<>();
    private final Map<String, Map<Id, Object>> known = new HashMap<>();

    Follower(StoreFixture store, int pageSize) {
      this.store = store;
      this.pageSize = pageSize;
      for (String type : List.of("Mailbox", "Thread", "Email")) {
        states.put(type, store.store().state(type));
        known.put(type, objects(type));
      }
    }

    void follow() {
      for (String type : List.of("Mailbox", "Thread", "Email")) {
        Map<Id, Object> before = known.getOrDefault(type, Map.of());
        Map<Id, Object> now = objects(type);
        Set<Id> ids = new HashSet<>(before.keySet());
        Set<Id> touched = new HashSet<>();
        State since = states.getOrDefault(type, store.store().state(type));
        for (Changes page : store.pages(type, since, pageSize)) {
          assertThat(page.size()).isLessThanOrEqualTo(pageSize);
          page.created().forEach(id -> assertThat(ids.add(id)).as("%s new", id).isTrue());
          assertThat(ids).containsAll(page.updated());
          page.destroyed().forEach(id -> assertThat(ids.remove(id)).as("%s known", id).isTrue());
          touched.addAll(page.created());
          touched.addAll(page.updated());
          touched.addAll(page.destroyed());
        }
        assertThat(ids).as(type).isEqualTo(now.keySet());
        before.forEach(
            (id, object) -> {
              if (!touched.contains(id)) {
                assertThat(now.get(id)).as(type).isEqualTo(object);
              } else if (object instanceof Email was && now.get(id) instanceof Email is) {
                assertThat(is.threadId()).isEqualTo(was.threadId());
                assertThat(is.blobId()).isEqualTo(was.blobId());
                assertThat(is.receivedAt()).isEqualTo(was.receivedAt());
              }
            });
        known.put(type, now);
        states.put(type, store.store().state(type));
      }
    }

    private Map<Id, Object> objects(String type) {
      Map<Id, Object> objects = new HashMap<>();
      switch (type) {
        case "Mailbox" -> store.allMailboxes().forEach((Mailbox m) -> objects.put(m.id(), m));
        case "Thread" -> store.allThreads().forEach((EmailThread t) -> objects.put(t.id(), t));
        default -> store.allEmails().forEach((Email e) -> objects.put(e.id(), e));
      }
      return objects;
    }
  }
}
