package org.jmapproxy.backend.imap.internal.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that LIST told at one moment.
 *
 * @param folders all folders of the account; known ones that are missing have vanished
 * @param renames new paths of which the caller knows which folder they are: because it renamed the
 *     folder itself, or because it answered a {@link RenameQuestion} with yes
 * @param removable the folders that go if they have vanished; others stay with their messages, as
 *     these may yet be found elsewhere. Absent: all that have vanished go
 */
public record FolderRound(
    List<ListedFolder> folders,
    Map<String, FolderKey> renames,
    Optional<Set<FolderKey>> removable) {

  /** Copies the collections. */
  public FolderRound {
    folders = List.copyOf(folders);
    renames = Map.copyOf(renames);
    removable = removable.map(Set::copyOf);
  }

  /** A round in which nothing is known of renames. */
  public static FolderRound of(List<ListedFolder> folders) {
    return new FolderRound(folders, Map.of(), Optional.empty());
  }

  /** The same round with a rename known. */
  public FolderRound withRename(String path, FolderKey folder) {
    Map<String, FolderKey> more = new LinkedHashMap<>(renames);
    more.put(path, folder);
    return new FolderRound(folders, more, removable);
  }

  /** The same round, in which only these folders go if they have vanished. */
  public FolderRound removing(Set<FolderKey> keys) {
    return new FolderRound(folders, renames, Optional.of(keys));
  }
}
