package org.jmapproxy.backend.imap.internal.store.mail;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;

/**
 * Keeps in step which folders show which Gmail labels. Messages keep the names of all their labels,
 * also of those that no folder shows, so that a folder that appears shows them at once.
 */
record FolderLabels(ReplicaTransaction tx, FolderTable folders) {

  /** Makes labels of folders what a round says. */
  void apply(FolderRound round, Map<String, FolderRow> rows) throws SQLException {
    Map<FolderRow, Optional<String>> changed = new LinkedHashMap<>();
    for (ListedFolder listed : round.folders()) {
      FolderRow row = rows.get(listed.path());
      if (row != null && !row.label().equals(listed.label())) {
        changed.put(row, listed.label());
      }
    }
    for (Map.Entry<FolderRow, Optional<String>> change : changed.entrySet()) {
      Optional<String> before = change.getKey().label().filter(name -> !name.isEmpty());
      Optional<String> after = change.getValue().filter(name -> !name.isEmpty());
      if (before.isPresent() && after.isPresent()) {
        tx.settle();
        tx.copies().renameLabel(before.get(), after.get());
      } else if (after.isPresent()) {
        touch(after.get());
      }
      folders.setLabel(change.getKey().folder(), change.getValue());
    }
    if (!changed.isEmpty()) {
      tx.labels().read(tx.session());
    }
  }

  /** A folder goes: its messages lose the label. */
  void remove(FolderRow row) throws SQLException {
    Optional<String> label = row.label().filter(name -> !name.isEmpty());
    if (label.isPresent()) {
      touch(label.get());
      folders.setLabel(row.folder(), Optional.empty());
      tx.labels().read(tx.session());
      tx.settle();
      tx.copies().renameLabel(label.get(), "");
    }
  }

  /** Has the Emails with a label worked out anew. */
  private void touch(String label) throws SQLException {
    for (long email : tx.copies().emailsWithLabel(label)) {
      tx.units().get(email);
    }
  }
}
