package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.backend.imap.internal.store.RenameQuestion;
import org.jmapproxy.backend.imap.internal.store.RenameQuestion.Look;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/**
 * Makes the replica's folders what the server lists. A listing and its commit are one step that
 * nobody interrupts: an old list must not undo what a client has just created. Thread-safe.
 */
public final class FolderRefresh {
  /** The lane of the folder list itself; no folder has this key. */
  private static final long LIST_LANE = -1;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final FetchRequest LOOK = FetchRequest.builder().size().internalDate().build();

  private final Replica replica;
  private final Connections connections;
  private final Folders folders;

  /** Refreshes one account's folders. */
  public FolderRefresh(Replica replica, Connections connections, Folders folders) {
    this.replica = replica;
    this.connections = connections;
    this.folders = folders;
  }

  /**
   * What was found.
   *
   * @param listing the folders now
   * @param doomed folders that are gone from the server and not yet from the replica
   */
  record Found(FolderListing listing, Set<FolderKey> doomed) {}

  /** Applies everything but the disappearance of folders. */
  Found keepingVanished() {
    return inLane(
        () -> {
          FolderListing listing = list();
          apply(answered(listing.round()).removing(Set.of()));
          return new Found(listing, doomed(listing.round()));
        });
  }

  /**
   * Applies everything that the server lists now. Folders that have vanished stay, because their
   * messages may have been moved, which a round over the account finds out.
   *
   * @param removable folders that go at once if they have vanished
   */
  public void whole(Set<FolderKey> removable) {
    afterChange(removable, link -> Map.of());
  }

  /**
   * Changes something about folders, and applies what the server lists afterwards.
   *
   * @param removable folders that go if they have vanished then
   * @param change tells of renames: which folder is found under which new path
   */
  public void afterChange(Set<FolderKey> removable, Function<Link, Map<String, FolderKey>> change) {
    inLane(
        () -> {
          Map<String, FolderKey> renames = use(Optional.empty(), change);
          FolderRound listed = list().round();
          FolderRound round = new FolderRound(listed.folders(), renames, Optional.of(removable));
          apply(renames.isEmpty() ? answered(round) : round);
          return round;
        });
  }

  private FolderListing list() {
    return use(Optional.empty(), folders::list);
  }

  private FolderRound answered(FolderRound round) {
    FolderRound answered = round;
    for (RenameQuestion question : replica.store().reader().renameQuestions(round)) {
      boolean isOpen =
          !answered.renames().containsKey(question.newPath())
              && !answered.renames().containsValue(question.folder());
      if (isOpen && isThere(question)) {
        answered = answered.withRename(question.newPath(), question.folder());
      }
    }
    return answered;
  }

  private boolean isThere(RenameQuestion question) {
    try {
      return use(
          Optional.of(question.newPath()),
          link -> {
            link.select(question.newPath());
            Map<Long, Look> seen = new HashMap<>();
            link.imap().messages().fetch(question.uids(), LOOK, message -> look(message, seen));
            return seen.equals(question.sample());
          });
    } catch (ImapRefusedException | ImapBadCommandException e) {
      return false;
    }
  }

  private static void look(FetchedMessage message, Map<Long, Look> seen) {
    if (message.size().isPresent() && message.internalDate().isPresent()) {
      Look look = new Look(message.size().getAsLong(), message.internalDate().get());
      seen.put(message.uid(), look);
    }
  }

  private Set<FolderKey> doomed(FolderRound round) {
    Set<String> listed =
        round.folders().stream().map(ListedFolder::path).collect(Collectors.toSet());
    return replica.store().reader().folders().stream()
        .filter(folder -> !listed.contains(folder.path()))
        .map(StoredFolder::key)
        .collect(Collectors.toSet());
  }

  private void apply(FolderRound round) {
    FolderRound allowed = connections.areReadOnly() ? ReadOnlyRights.of(round) : round;
    replica.publisher().publish(replica.store().writer().applyFolders(allowed));
  }

  private <T> T inLane(Supplier<T> work) {
    return replica.lanes().in(List.of(LIST_LANE), patience(), work);
  }

  private <T> T use(Optional<String> mailbox, Function<Link, T> work) {
    return connections.use(mailbox, patience(), work);
  }

  private Instant patience() {
    return replica.clock().instant().plus(PATIENCE);
  }
}
