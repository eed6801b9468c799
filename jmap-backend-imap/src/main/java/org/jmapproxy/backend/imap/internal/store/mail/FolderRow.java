package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.core.id.Id;

/**
 * A folder as it is stored.
 *
 * @param folder its key
 * @param mailboxId the id of its Mailbox
 * @param look what LIST told of it
 * @param serverMailboxId MAILBOXID, if known
 * @param guid X-GUID, if known
 * @param position how far its replica is
 * @param isResetting whether it is being read anew
 * @param createdSeq when it appeared
 * @param label the Gmail label that it shows, empty for the folder that holds all
 */
record FolderRow(
    long folder,
    Id mailboxId,
    FolderLook look,
    Optional<String> serverMailboxId,
    Optional<String> guid,
    FolderPosition position,
    boolean isResetting,
    long createdSeq,
    Optional<String> label) {

  /**
   * What clients see of a folder beside its counts, and its path.
   *
   * @param path the whole name in IMAP
   * @param parent the key of the folder above, 0 at the top
   * @param name the Mailbox's name
   * @param role the Mailbox's role
   * @param sortOrder the Mailbox's sort order
   * @param isSelectable whether it can hold messages
   * @param isSubscribed whether the user wants to see it
   * @param rights what the user may do, as bits
   */
  record FolderLook(
      String path,
      long parent,
      String name,
      Optional<String> role,
      long sortOrder,
      boolean isSelectable,
      boolean isSubscribed,
      int rights) {

    /** The same with what was decided for it. */
    FolderLook decidedBy(OwnMailboxTable.OwnMailbox own) {
      return new FolderLook(
          path,
          parent,
          name,
          own.decidesRole() ? own.role() : role,
          own.sortOrder(),
          isSelectable,
          isSubscribed,
          rights);
    }

    /** The same folder as clients see it, who know nothing of paths. */
    FolderLook withoutPath() {
      return new FolderLook("", parent, name, role, sortOrder, true, isSubscribed, rights);
    }
  }
}
