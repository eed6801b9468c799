package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.core.id.Id;

/**
 * An Email that a transaction works on: as it was, and as it is to be. Its copies may be changed at
 * will; {@link Settlement} compares and writes. Not thread-safe.
 */
final class EmailUnit {

  private final long key;
  private final Optional<PreparedArrival> content;
  private final EmailRow before;
  private final Set<Long> foldersBefore;
  private final List<CopyRow> copies;
  private final Labels labels;
  private Id id;
  private long thread;

  private EmailUnit(
      long key,
      Optional<PreparedArrival> content,
      EmailRow before,
      List<CopyRow> copies,
      Labels labels) {
    this.key = key;
    this.content = content;
    this.before = before;
    this.copies = new ArrayList<>(copies);
    this.labels = labels;
    this.foldersBefore = content.isPresent() ? Set.of() : visibleFolders();
    this.id = before.id();
    this.thread = before.thread();
  }

  /** An Email that is not stored yet and has no copies. */
  static EmailUnit fresh(long key, Id id, long thread, PreparedArrival content, Labels labels) {
    EmailRow row = new EmailRow(id, thread, content.receivedAt(), FlagSet.NONE, false, 0);
    return new EmailUnit(key, Optional.of(content), row, List.of(), labels);
  }

  /** An Email as it is stored. */
  static EmailUnit stored(long key, EmailRow row, List<CopyRow> copies, Labels labels) {
    return new EmailUnit(key, Optional.empty(), row, copies, labels);
  }

  long key() {
    return key;
  }

  /** What to store of an Email that is not stored yet. */
  Optional<PreparedArrival> content() {
    return content;
  }

  boolean isFresh() {
    return content.isPresent();
  }

  /** The row as it is stored. */
  EmailRow before() {
    return before;
  }

  Id id() {
    return id;
  }

  long thread() {
    return thread;
  }

  /** Puts the Email into another Thread; if clients may know it, it needs another id. */
  void moveToThread(long other, Id otherId) {
    thread = other;
    if (before.published()) {
      id = otherId;
    }
  }

  List<CopyRow> copies() {
    return copies;
  }

  Set<Long> foldersBefore() {
    return foldersBefore;
  }

  Set<Long> foldersAfter() {
    return visibleFolders();
  }

  /** The flags that clients see. */
  FlagSet flagsAfter() {
    FlagSet union = FlagSet.NONE;
    for (CopyRow copy : copies) {
      if (copy.isVisible()) {
        union = union.union(labels.flags(copy));
      }
    }
    return union;
  }

  /** A copy in a folder that waits to be found again, the one with the smallest old UID first. */
  Optional<CopyRow> lostCopyIn(long folder) {
    return copies.stream()
        .filter(copy -> copy.folder() == folder && copy.isLost())
        .max((a, b) -> Long.compare(a.uid(), b.uid()));
  }

  /** Whether it has a copy in a folder whose UID is good and not among those that are gone. */
  boolean hasCopyIn(long folder, UidSet gone) {
    return copies.stream()
        .anyMatch(copy -> copy.folder() == folder && !copy.isLost() && !gone.contains(copy.uid()));
  }

  boolean idChanged() {
    return !id.equals(before.id());
  }

  boolean threadChanged() {
    return thread != before.thread();
  }

  /** Whether Thread or Mailbox rows may have to change with it. */
  boolean concernsThread(Set<Long> foldersAfter, FlagSet flagsAfter) {
    return isFresh()
        || threadChanged()
        || idChanged()
        || !foldersBefore.equals(foldersAfter)
        || FlagSet.isUnread(before.flags().bits()) != FlagSet.isUnread(flagsAfter.bits());
  }

  private Set<Long> visibleFolders() {
    Set<Long> folders = new TreeSet<>();
    for (CopyRow copy : copies) {
      if (copy.isVisible()) {
        folders.addAll(labels.folders(copy));
      }
    }
    return folders;
  }
}
