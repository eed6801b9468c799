package org.jmapproxy.backend.imap.internal.command;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.sync.Separators;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;

/** Which whole name a Mailbox has on the server. */
final class MailboxPaths {
  private final Desk desk;

  MailboxPaths(Desk desk) {
    this.desk = desk;
  }

  /** Why no folder can have this name below this parent; empty when one can. */
  Optional<SetError> refuse(Optional<Id> parentId, String name) {
    Optional<Character> separator = separatorBelow(parentId);
    if (separator.isPresent() && name.indexOf(separator.get()) >= 0) {
      return Optional.of(
          SetError.invalidProperty(
              "name", "the mail server does not allow the character " + separator.get()));
    }
    if (parentId.isEmpty() && desk.folders().prefix().isEmpty() && name.equalsIgnoreCase("INBOX")) {
      return Optional.of(SetError.invalidProperty("name", "is the name of the inbox"));
    }
    return parentId.isPresent() && separator.isEmpty()
        ? Optional.of(
            SetError.invalidProperty("parentId", "the mail server has one level of mailboxes only"))
        : Optional.empty();
  }

  /** The path of a Mailbox with this name below this parent. */
  String path(Optional<Id> parentId, String name) {
    String separator = separatorBelow(parentId).map(String::valueOf).orElse("");
    return pathOf(parentId)
        .map(parent -> parent + separator + name)
        .orElseGet(() -> desk.folders().prefix() + name);
  }

  /** The path of a folder and of what is below it begins like this. */
  String below(StoredFolder folder) {
    return folder.path() + separators().of(folder.path()).map(String::valueOf).orElse("");
  }

  /** The path below a new one of what has this path below the old one. */
  String moved(String path, String from, String to) {
    String rest = path.substring(from.length());
    Optional<Character> before = separators().of(from);
    Optional<Character> after = separators().of(to);
    return to
        + (before.isPresent() && after.isPresent()
            ? rest.replace(before.get(), after.get())
            : rest);
  }

  private Optional<Character> separatorBelow(Optional<Id> parentId) {
    Separators separators = separators();
    return pathOf(parentId)
        .map(separators::of)
        .orElseGet(() -> separators.of(desk.folders().prefix()));
  }

  private Optional<String> pathOf(Optional<Id> parentId) {
    return parentId.flatMap(id -> desk.reader().folder(id)).map(StoredFolder::path);
  }

  private Separators separators() {
    return desk.folders().separators();
  }

  /** The folder that the replica has at this path. */
  Optional<StoredFolder> folderAt(String path) {
    return desk.reader().folders().stream()
        .filter(folder -> folder.path().equals(path))
        .findFirst();
  }

  /** The Mailbox of the folder at this path. */
  Optional<Id> mailboxAt(String path) {
    return folderAt(path).map(StoredFolder::mailboxId);
  }
}
