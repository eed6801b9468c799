package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.SelectedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.FolderEvidence;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.backend.imap.internal.store.RenameQuestion;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.mail.mailbox.MailboxRights;

/**
 * Makes the replica's folders what the server lists. A listing and its commit are one step that
 * nobody interrupts: an old list must not undo what a client has just created. Thread-safe.
 */
public final class FolderRefresh {
  /** The lane of the folder list itself; no folder has this key. */
  private static final long LIST_LANE = -1;

  private static final Duration PATIENCE = Duration.ofMinutes(1);

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
   * @param doomed paths of folders that are gone from the server and not yet from the replica
   */
  record Found(FolderListing listing, Set<String> doomed) {}

  /** Applies everything but the disappearance of folders. */
  Found keepingVanished() {
    return inLane(
        () -> {
          FolderListing listing = list();
          FolderRound round = answered(listing.round());
          Set<String> doomed = doomed(round);
          apply(doomed.isEmpty() ? round : keeping(round, doomed));
          return new Found(listing, doomed);
        });
  }

  /** Applies everything that the server lists now. */
  public void whole() {
    afterChange(link -> Map.of());
  }

  /**
   * Changes something about folders, and applies what the server lists afterwards.
   *
   * @param change tells of renames: which folder is found under which new path
   */
  public void afterChange(Function<Link, Map<String, FolderKey>> change) {
    inLane(
        () -> {
          Map<String, FolderKey> renames = use(Optional.empty(), change);
          FolderRound listed = list().round();
          FolderRound round = new FolderRound(listed.folders(), renames);
          apply(renames.isEmpty() ? answered(round) : round);
          return round;
        });
  }

  private FolderListing list() {
    return use(Optional.empty(), folders::list);
  }

  private FolderRound answered(FolderRound round) {
    Optional<RenameQuestion> question = replica.store().reader().renameQuestion(round);
    if (question.isEmpty() || !isThere(question.get())) {
      return round;
    }
    return round.withRename(question.get().newPath(), question.get().folder());
  }

  private boolean isThere(RenameQuestion question) {
    return use(
        Optional.of(question.newPath()),
        link -> {
          SelectedMailbox selected = link.select(question.newPath());
          UidSet sample = question.sample();
          return selected.exists() >= sample.size()
              && sample
                  .minus(link.imap().messages().search(SearchCriteria.all().uids(sample)))
                  .isEmpty();
        });
  }

  /**
   * Folders that vanished while no new one appeared: they were deleted, and what was moved out of
   * them before is to be found first.
   */
  private Set<String> doomed(FolderRound round) {
    Set<String> listed =
        round.folders().stream().map(ListedFolder::path).collect(Collectors.toSet());
    Set<String> known =
        replica.store().reader().folders().stream()
            .map(StoredFolder::path)
            .collect(Collectors.toSet());
    if (!known.containsAll(listed)) {
      return Set.of();
    }
    Set<String> gone = new HashSet<>(known);
    gone.removeAll(listed);
    return gone;
  }

  private FolderRound keeping(FolderRound round, Set<String> paths) {
    Map<FolderKey, String> stored =
        replica.store().reader().folders().stream()
            .collect(Collectors.toMap(StoredFolder::key, StoredFolder::path));
    Stream<ListedFolder> kept =
        replica.store().reader().folders().stream()
            .filter(folder -> paths.contains(folder.path()))
            .map(folder -> asListed(folder, stored));
    List<ListedFolder> all = Stream.concat(round.folders().stream(), kept).toList();
    return new FolderRound(all, round.renames());
  }

  private static ListedFolder asListed(StoredFolder folder, Map<FolderKey, String> paths) {
    return new ListedFolder(
        folder.path(),
        folder.parent().map(paths::get),
        folder.name(),
        folder.role(),
        folder.isSelectable(),
        folder.isSubscribed(),
        MailboxRights.all(),
        FolderEvidence.none());
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
