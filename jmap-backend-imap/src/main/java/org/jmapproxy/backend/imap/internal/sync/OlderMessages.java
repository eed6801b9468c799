package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/** What is still to be read of folders that were begun. Used by one thread at a time. */
final class OlderMessages {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** After so long others have their turn. */
  private static final Duration TURN = Duration.ofSeconds(3);

  private final Progress progress;
  private final FolderTroubles troubles;
  private final Clock clock;
  private final Set<FolderKey> unreadable = new HashSet<>();
  private final WindowSize size = new WindowSize();

  OlderMessages(Progress progress, FolderTroubles troubles, Clock clock) {
    this.progress = progress;
    this.troubles = troubles;
    this.clock = clock;
  }

  /** Folders that could not be read may be tried again. */
  void forgetRefusals() {
    unreadable.clear();
  }

  /** The folders to be read further, the inbox first. */
  List<StoredFolder> folders() {
    return progress.incomplete().stream()
        .filter(folder -> !unreadable.contains(folder.key()))
        .toList();
  }

  /**
   * Reads everything, once the account was in step: what is gone from one folder may be among it.
   * During the first synchronisation that would take too long for what it is worth.
   */
  void readToTheEnd(FolderSync sync) {
    if (progress.wasInStep()) {
      for (StoredFolder folder : folders()) {
        Optional<StoredFolder> next = Optional.of(folder);
        while (next.isPresent()
            && !read(next.get(), sync, clock.instant().plus(PATIENCE), () -> false)) {
          next = folders().stream().filter(again -> again.key().equals(folder.key())).findFirst();
        }
      }
    }
  }

  /**
   * Reads some more of a folder, for a few seconds at most.
   *
   * @param isInterrupted whether something is more urgent
   * @return whether the end was reached, or cannot be reached now
   */
  boolean read(
      StoredFolder folder, FolderSync sync, Instant deadline, BooleanSupplier isInterrupted) {
    long end = System.nanoTime() + TURN.toNanos();
    BooleanSupplier goesOn = () -> System.nanoTime() < end && !isInterrupted.getAsBoolean();
    Optional<Boolean> atEnd =
        troubles.on(folder, deadline, link -> sync.readOlder(link, folder, size, goesOn));
    if (atEnd.isEmpty()) {
      unreadable.add(folder.key());
    }
    return atEnd.orElse(true);
  }
}
