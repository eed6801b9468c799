package org.jmapproxy.backend.imap.internal.command;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.sync.Folders;
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
    Optional<Character> separator = desk.folders().separator();
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
    Folders server = desk.folders();
    return parentId
        .flatMap(id -> desk.reader().folder(id))
        .map(StoredFolder::path)
        .map(parent -> parent + server.separator().map(String::valueOf).orElse("") + name)
        .orElseGet(() -> server.prefix() + name);
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
