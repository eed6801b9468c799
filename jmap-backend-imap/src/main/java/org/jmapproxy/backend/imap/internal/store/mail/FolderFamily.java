package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;

/**
 * Servers rename whole branches. A folder that cannot prove by messages of its own that it went
 * along is taken to have done so: to where its children are now, or to its name below its parent.
 */
final class FolderFamily {

  private final FolderRound round;
  private final Map<String, FolderRow> known;
  private final Set<FolderRow> left;
  private final Map<String, ListedFolder> fresh = new LinkedHashMap<>();

  /**
   * A round whose other folders are matched.
   *
   * @param known matched folders by their present path; added to
   * @param left stored folders that have no match; taken from
   */
  FolderFamily(FolderRound round, Map<String, FolderRow> known, Set<FolderRow> left) {
    this.round = round;
    this.known = known;
    this.left = left;
    round.folders().stream()
        .filter(folder -> !known.containsKey(folder.path()))
        .forEach(folder -> fresh.putIfAbsent(folder.path(), folder));
  }

  void follow() {
    boolean found = true;
    while (found && !left.isEmpty() && !fresh.isEmpty()) {
      found = false;
      for (FolderRow row : List.copyOf(left)) {
        Optional<ListedFolder> place =
            aboveChildren(row).or(() -> belowParent(row)).filter(there -> couldBe(there, row));
        if (place.isPresent()) {
          FolderMatch.take(known, left, place.get().path(), row);
          fresh.remove(place.get().path());
          found = true;
        }
      }
    }
  }

  /** The one new folder that is now above all that were below this one. */
  private Optional<ListedFolder> aboveChildren(FolderRow row) {
    Set<String> parents =
        round.folders().stream()
            .filter(
                folder ->
                    Optional.ofNullable(known.get(folder.path()))
                        .map(child -> child.look().parent() == row.folder())
                        .orElse(false))
            .map(folder -> folder.parentPath().orElse(""))
            .collect(Collectors.toSet());
    return parents.size() == 1
        ? Optional.ofNullable(fresh.get(parents.iterator().next()))
        : Optional.empty();
  }

  /** The new folder of the same name where its parent is now. */
  private Optional<ListedFolder> belowParent(FolderRow row) {
    Optional<String> parent =
        known.entrySet().stream()
            .filter(entry -> entry.getValue().folder() == row.look().parent())
            .map(Map.Entry::getKey)
            .findFirst();
    return parent.flatMap(
        path ->
            fresh.values().stream()
                .filter(folder -> folder.parentPath().equals(Optional.of(path)))
                .filter(folder -> folder.name().equals(row.look().name()))
                .findFirst());
  }

  private static boolean couldBe(ListedFolder place, FolderRow row) {
    OptionalLong validity = place.evidence().uidValidity();
    boolean isSame =
        validity.isEmpty()
            || row.position().uidValidity() == 0
            || validity.getAsLong() == row.position().uidValidity();
    return isSame
        && row.position().serverMessages() == 0
        && place.isSelectable() == row.look().isSelectable()
        && !FolderMatch.contradicts(place, row);
  }
}
