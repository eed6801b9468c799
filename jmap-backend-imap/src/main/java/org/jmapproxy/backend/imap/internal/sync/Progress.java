package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.id.State;

/** What is shown of an account's synchronisation. Thread-safe. */
final class Progress {
  private static final String LAST_SYNC = "sync.last";
  private static final String EXPECTED = "sync.expected";

  private final AccountStore store;
  private final Clock clock;
  private Phase phase = Phase.NEW;
  private long expected;
  private Optional<Instant> lastSync;
  private Optional<String> error = Optional.empty();
  private Optional<Rest> atRest = Optional.empty();
  private volatile boolean firstDataSeen;

  /** How far it was when nothing went on, and as long as the states are these. */
  private record Rest(List<State> states, SyncStatus status) {}

  Progress(AccountStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.lastSync = store.notes().find(LAST_SYNC).map(Instant::parse);
    this.expected = store.notes().find(EXPECTED).map(Long::parseLong).orElse(0L);
  }

  SyncStatus status() {
    Optional<Rest> known;
    synchronized (this) {
      known = atRest;
    }
    return known
        .filter(rest -> rest.states().equals(states()))
        .map(Rest::status)
        .orElseGet(this::currentStatus);
  }

  /** Remembers how far it is, so that nobody has to open files to ask a sleeping account. */
  void rest() {
    Rest now = new Rest(states(), currentStatus());
    synchronized (this) {
      atRest = Optional.of(now);
    }
  }

  private List<State> states() {
    return List.of(store.state("Email"), store.state("Mailbox"));
  }

  private SyncStatus currentStatus() {
    int folders = store.reader().folders().size();
    long messages = store.reader().emailCount();
    long left = wasInStep() ? 0 : left();
    synchronized (this) {
      return new SyncStatus(phase, folders, messages, messages + left, lastSync, error);
    }
  }

  /** How many messages of the server are still to be read. */
  private long left() {
    long there = store.reader().copies();
    synchronized (this) {
      return Math.max(0, expected - there);
    }
  }

  /** How much of a first synchronisation is done: 0 to 100. */
  int percent() {
    long all;
    synchronized (this) {
      all = expected;
    }
    return all == 0 ? 0 : (int) Math.min(100, store.reader().copies() * 100 / all);
  }

  synchronized long expected() {
    return expected;
  }

  synchronized Phase phase() {
    return phase;
  }

  synchronized void enter(Phase now) {
    atRest = Optional.empty();
    phase = now;
  }

  synchronized void failed(Phase now, String why) {
    atRest = Optional.empty();
    phase = now;
    error = Optional.of(why);
  }

  void expects(long messages) {
    synchronized (this) {
      expected = messages;
    }
    store.notes().put(EXPECTED, Long.toString(messages));
  }

  /**
   * Everything is in step with the server.
   *
   * @param but what could not be read all the same
   */
  void inStep(Optional<String> but) {
    Instant now = clock.instant();
    synchronized (this) {
      lastSync = Optional.of(now);
      error = but;
    }
    store.notes().put(LAST_SYNC, now.toString());
  }

  /** Whether the newest messages of the first synchronisation are there. */
  boolean hasFirstData() {
    if (!firstDataSeen) {
      firstDataSeen =
          store.reader().folders().stream()
              .anyMatch(
                  folder ->
                      (folder.path().equals("INBOX") || folder.holdsLabelled())
                          && hasBegun(folder));
    }
    return firstDataSeen;
  }

  /** Whether everything was in step with the server once. */
  synchronized boolean wasInStep() {
    return lastSync.isPresent();
  }

  /** Whether every folder that could be looked at has been read to its end. */
  boolean isWhole() {
    return incomplete().isEmpty();
  }

  /** Folders of which older messages are still to be read; the inbox first. */
  List<StoredFolder> incomplete() {
    return store.reader().folders().stream()
        .filter(StoredFolder::holdsMessages)
        .filter(folder -> folder.position().uidValidity() != 0 && !folder.position().isWhole())
        .sorted(Comparator.comparing(folder -> folder.path().equals("INBOX") ? 0 : 1))
        .toList();
  }

  private static boolean hasBegun(StoredFolder folder) {
    return folder.position().uidValidity() != 0 || folder.isResetting();
  }
}
