package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/**
 * Compares a whole account with its server: folders, then what has arrived and changed in each, and
 * only then what is gone, so that a message which another client moved is never gone in between.
 * Used by one thread at a time.
 */
final class AccountRound {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Replica replica;
  private final FolderRefresh refresh;
  private final FolderSync folderSync;
  private final OlderMessages older;
  private final LearntIds learntIds;
  private final FolderTroubles troubles;

  AccountRound(
      Replica replica,
      FolderRefresh refresh,
      FolderSync folderSync,
      OlderMessages older,
      LearntIds learntIds,
      FolderTroubles troubles) {
    this.replica = replica;
    this.refresh = refresh;
    this.folderSync = folderSync;
    this.older = older;
    this.learntIds = learntIds;
    this.troubles = troubles;
  }

  /**
   * Does the whole round.
   *
   * @param thorough whether to look also at folders in which nothing seems to have happened, unless
   *     there is nothing in them
   * @param listed is told what folders there are, before anything is read
   * @param afterFolder called after each folder
   */
  void run(boolean thorough, Consumer<FolderListing> listed, Runnable afterFolder) {
    FolderRefresh.Found found = refresh.keepingVanished();
    listed.accept(found.listing());
    Map<String, MailboxStatus> statuses = found.listing().statuses();
    learntIds.ask();
    Map<FolderKey, FolderDelta> looked = new LinkedHashMap<>();
    for (StoredFolder folder : exceptEmpty(inOrder(found.doomed()), statuses)) {
      Optional<MailboxStatus> status = Optional.ofNullable(statuses.get(folder.path()));
      if (thorough || hasNews(folder, status)) {
        look(folder).ifPresent(delta -> looked.put(folder.key(), delta));
        afterFolder.run();
      }
    }
    boolean takesAway = looked.values().stream().anyMatch(AccountRound::hides);
    if (takesAway || !found.doomed().isEmpty()) {
      findWhatWasMoved(looked);
    }
    replica.apply(List.copyOf(looked.values()));
    if (!found.doomed().isEmpty()) {
      refresh.whole(found.doomed());
    }
  }

  /** Leaves out folders of which STATUS has told all there is, and writes that down. */
  private List<StoredFolder> exceptEmpty(
      List<StoredFolder> folders, Map<String, MailboxStatus> statuses) {
    EmptyFolders empty = EmptyFolders.among(folders, statuses, replica.store().reader());
    if (!empty.deltas().isEmpty()) {
      replica.apply(empty.deltas());
    }
    return folders.stream().filter(folder -> !empty.contains(folder)).toList();
  }

  /**
   * What is gone from a folder may have been moved to one that was looked at before, to one that is
   * new, or among messages that are still to be read.
   */
  private void findWhatWasMoved(Map<FolderKey, FolderDelta> looked) {
    FolderRefresh.Found now = refresh.keepingVanished();
    for (StoredFolder folder : inOrder(now.doomed())) {
      Optional<MailboxStatus> status =
          Optional.ofNullable(now.listing().statuses().get(folder.path()));
      FolderPosition reached =
          Optional.ofNullable(looked.get(folder.key()))
              .flatMap(FolderDelta::position)
              .orElseGet(folder::position);
      if (status.isEmpty()
          || reached.uidValidity() == 0
          || News.differs(status.get().uidValidity(), reached.uidValidity())
          || News.differs(status.get().uidNext(), reached.uidNext())) {
        tryOn(folder, link -> folderSync.lookForArrivals(link, folder));
      }
    }
    older.readToTheEnd(folderSync);
  }

  /**
   * Looks at some folders alone.
   *
   * @return whether something departed: a round over all folders has to find out whereto
   */
  boolean runOn(List<StoredFolder> folders) {
    boolean hides = false;
    for (StoredFolder folder : folders) {
      Optional<FolderDelta> delta = look(folder);
      if (delta.isPresent() && hides(delta.get())) {
        hides = true;
      } else {
        delta.ifPresent(replica::apply);
      }
    }
    return hides;
  }

  private static boolean hides(FolderDelta delta) {
    return !delta.departures().isEmpty() || !delta.flagChanges().isEmpty();
  }

  private Optional<FolderDelta> look(StoredFolder folder) {
    return tryOn(folder, link -> folderSync.look(link, folder));
  }

  private <T> Optional<T> tryOn(StoredFolder folder, Function<Link, T> work) {
    return troubles.on(folder, replica.clock().instant().plus(PATIENCE), work);
  }

  private List<StoredFolder> inOrder(Set<FolderKey> doomed) {
    return replica.store().reader().folders().stream()
        .filter(StoredFolder::holdsMessages)
        .filter(folder -> !doomed.contains(folder.key()))
        .sorted(Comparator.comparing(folder -> folder.path().equals("INBOX") ? 0 : 1))
        .toList();
  }

  private boolean hasNews(StoredFolder folder, Optional<MailboxStatus> status) {
    if (status.isEmpty() || folder.position().uidValidity() == 0) {
      return true;
    }
    MailboxStatus now = status.get();
    return News.isIn(folder, now)
        || (now.highestModSeq().isEmpty()
            && (folder.path().equals("INBOX") || hasOtherUnseen(folder, now)));
  }

  /** Without mod-sequences some changes of flags betray themselves by the number of unseen ones. */
  private boolean hasOtherUnseen(StoredFolder folder, MailboxStatus now) {
    return folder.position().isWhole()
        && News.differs(now.unseen(), replica.store().reader().unseen(folder.key()));
  }
}
