package org.jmapproxy.backend.imap.internal.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that LIST told at one moment.
 *
 * @param folders all folders of the account; known ones that are missing have vanished
 * @param renames new paths of which the caller knows which folder they are: because it renamed the
 *     folder itself, or because it answered a {@link RenameQuestion} with yes
 */
public record FolderRound(List<ListedFolder> folders, Map<String, FolderKey> renames) {

  /** Copies the collections. */
  public FolderRound {
    folders = List.copyOf(folders);
    renames = Map.copyOf(renames);
  }

  /** A round in which nothing is known of renames. */
  public static FolderRound of(List<ListedFolder> folders) {
    return new FolderRound(folders, Map.of());
  }

  /** The same round with a rename known. */
  public FolderRound withRename(String path, FolderKey folder) {
    Map<String, FolderKey> more = new LinkedHashMap<>(renames);
    more.put(path, folder);
    return new FolderRound(folders, more);
  }
}
