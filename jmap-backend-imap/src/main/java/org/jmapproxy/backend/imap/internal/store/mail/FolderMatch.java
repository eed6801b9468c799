package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jmapproxy.backend.imap.internal.store.FolderEvidence;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.core.id.Id;

/**
 * Which listed folder is which stored one: by a rename that the caller knows of, by MAILBOXID, by
 * X-GUID, and for the rest by path: a folder that is where another one was, which is nowhere else
 * now, takes its place and is read anew. Only another MAILBOXID speaks against that: a server that
 * lost a folder's UID list gives it another X-GUID. Last, folders without messages of their own
 * follow their parents and children.
 *
 * @param known stored folders by the path that they have now
 * @param fresh listed folders that are new
 * @param vanished stored folders that are not listed any more
 */
record FolderMatch(
    Map<String, FolderRow> known, List<ListedFolder> fresh, List<FolderRow> vanished) {

  static FolderMatch of(List<FolderRow> stored, FolderRound round) {
    Map<String, FolderRow> known = new LinkedHashMap<>();
    Set<FolderRow> left = new LinkedHashSet<>(stored);
    for (Map.Entry<String, FolderKey> rename : round.renames().entrySet()) {
      left.stream()
          .filter(row -> row.folder() == rename.getValue().value())
          .findFirst()
          .filter(row -> isListed(round, rename.getKey()))
          .ifPresent(row -> take(known, left, rename.getKey(), row));
    }
    match(round, known, left, FolderMatch::mailboxId, FolderRow::serverMailboxId);
    match(round, known, left, folder -> folder.evidence().guid(), FolderRow::guid);
    Map<String, FolderRow> byPath = new HashMap<>();
    left.forEach(row -> byPath.put(row.look().path(), row));
    for (ListedFolder folder : round.folders()) {
      Optional.ofNullable(byPath.get(folder.path()))
          .filter(row -> !isAnother(folder, row))
          .filter(row -> !known.containsKey(folder.path()))
          .ifPresent(row -> take(known, left, folder.path(), row));
    }
    new FolderFamily(round, known, left).follow();
    List<ListedFolder> fresh = new ArrayList<>();
    Set<String> paths = new LinkedHashSet<>();
    for (ListedFolder folder : round.folders()) {
      if (paths.add(folder.path()) && !known.containsKey(folder.path())) {
        fresh.add(folder);
      }
    }
    return new FolderMatch(known, fresh, List.copyOf(left));
  }

  /** MAILBOXID, if it has the syntax of one. */
  static Optional<String> mailboxId(ListedFolder folder) {
    return folder.evidence().mailboxId().filter(Id::isValid);
  }

  /** Whether evidence says that a listed folder is not a stored one. */
  static boolean contradicts(ListedFolder folder, FolderRow row) {
    FolderEvidence evidence = folder.evidence();
    return differ(mailboxId(folder), row.serverMailboxId()) || differ(evidence.guid(), row.guid());
  }

  /**
   * Whether the folder at a path is not the one that was there. Cyrus 3.6 may tell nonsense for
   * MAILBOXID in LIST, so that it is not believed when UIDVALIDITY says the opposite.
   */
  private static boolean isAnother(ListedFolder folder, FolderRow row) {
    boolean couldBeSame =
        folder.evidence().uidValidity().equals(OptionalLong.of(row.position().uidValidity()))
            && folder.evidence().uidNext().orElse(0) >= row.position().uidNext();
    return differ(mailboxId(folder), row.serverMailboxId()) && !couldBeSame;
  }

  /** Whether evidence says that a listed folder is a stored one. */
  static boolean proves(ListedFolder folder, FolderRow row) {
    return equal(mailboxId(folder), row.serverMailboxId())
        || equal(folder.evidence().guid(), row.guid());
  }

  private static boolean equal(Optional<String> one, Optional<String> other) {
    return one.isPresent() && one.equals(other);
  }

  private static boolean differ(Optional<String> one, Optional<String> other) {
    return one.isPresent() && other.isPresent() && !one.equals(other);
  }

  private static boolean isListed(FolderRound round, String path) {
    return round.folders().stream().anyMatch(folder -> folder.path().equals(path));
  }

  private static void match(
      FolderRound round,
      Map<String, FolderRow> known,
      Set<FolderRow> left,
      Function<ListedFolder, Optional<String>> listed,
      Function<FolderRow, Optional<String>> stored) {
    Map<String, Deque<FolderRow>> byProof = new HashMap<>();
    for (FolderRow row : left) {
      stored
          .apply(row)
          .ifPresent(proof -> byProof.computeIfAbsent(proof, key -> new ArrayDeque<>()).add(row));
    }
    for (ListedFolder folder : round.folders()) {
      if (!known.containsKey(folder.path())) {
        listed
            .apply(folder)
            .map(byProof::get)
            .map(Deque::poll)
            .ifPresent(row -> take(known, left, folder.path(), row));
      }
    }
  }

  static void take(Map<String, FolderRow> known, Set<FolderRow> left, String path, FolderRow row) {
    known.put(path, row);
    left.remove(row);
  }
}
