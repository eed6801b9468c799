package org.jmapproxy.backend.imap.internal.sync;

import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.mail.mailbox.MailboxRights;

/** What is left of the user's rights in an account that may only be read. */
final class ReadOnlyRights {
  private ReadOnlyRights() {}

  static FolderRound of(FolderRound round) {
    return new FolderRound(
        round.folders().stream().map(ReadOnlyRights::of).toList(),
        round.renames(),
        round.removable());
  }

  private static ListedFolder of(ListedFolder folder) {
    return new ListedFolder(
        folder.path(),
        folder.parentPath(),
        folder.name(),
        folder.role(),
        folder.isSelectable(),
        folder.isSubscribed(),
        of(folder.rights()),
        folder.evidence(),
        folder.label());
  }

  private static MailboxRights of(MailboxRights rights) {
    return new MailboxRights(
        rights.mayReadItems(), false, false, false, false, false, false, false, false);
  }
}
