package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.internal.store.db.Session;

/**
 * Where clients see a message: in its folder, or, in Gmail's folder of everything, in the folders
 * of its labels; there itself only while it has none. Not thread-safe.
 */
final class Labels {

  private static final String IMPORTANT = "\t\\Important\t";
  private static final FlagSet IMPORTANT_FLAG = FlagSet.ofImap(Set.of("$important"));

  private final Map<String, Long> folders = new HashMap<>();
  private OptionalLong home = OptionalLong.empty();

  /** Reads which folders show which labels; to be called again when that has changed. */
  void read(Session session) throws SQLException {
    folders.clear();
    home = OptionalLong.empty();
    session.walk(
        "SELECT folder, label FROM replica_folder WHERE label IS NOT NULL",
        row -> {
          if (row.getString(2).isEmpty()) {
            home = OptionalLong.of(row.getLong(1));
          } else {
            folders.put(row.getString(2), row.getLong(1));
          }
          return true;
        });
  }

  /** The labels as they are stored. */
  static String joined(Collection<String> labels) {
    return labels.isEmpty() ? "" : "\t" + String.join("\t", new TreeSet<>(labels)) + "\t";
  }

  /** The folders in which clients see a message. */
  Set<Long> folders(CopyRow copy) {
    if (home.isEmpty() || copy.folder() != home.getAsLong()) {
      return Set.of(copy.folder());
    }
    Set<Long> shown = new TreeSet<>();
    for (String label : copy.labels().split("\t", -1)) {
      Long folder = folders.get(label);
      if (folder != null) {
        shown.add(folder);
      }
    }
    return shown.isEmpty() ? Set.of(copy.folder()) : shown;
  }

  /** The flags that clients see of a message: a label that Gmail gives by itself is a keyword. */
  FlagSet flags(CopyRow copy) {
    return copy.labels().contains(IMPORTANT) ? copy.flags().union(IMPORTANT_FLAG) : copy.flags();
  }
}
