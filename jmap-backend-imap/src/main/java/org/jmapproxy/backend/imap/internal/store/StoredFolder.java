package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * A folder of the replica.
 *
 * @param key its internal key
 * @param mailboxId the id of its Mailbox
 * @param path the whole name that IMAP commands use, decoded
 * @param parent the folder above it
 * @param name what the Mailbox is called
 * @param role the Mailbox's role
 * @param isSelectable whether it can hold messages
 * @param isSubscribed whether the user subscribed to it
 * @param position how far its replica is
 * @param isResetting whether UIDVALIDITY has changed and the folder is being read anew
 * @param label on Gmail the label whose messages it shows; empty text: it holds the messages of all
 *     labels. Absent: it holds its own messages
 */
public record StoredFolder(
    FolderKey key,
    Id mailboxId,
    String path,
    Optional<FolderKey> parent,
    String name,
    Optional<String> role,
    boolean isSelectable,
    boolean isSubscribed,
    FolderPosition position,
    boolean isResetting,
    Optional<String> label) {

  /** Whether there are messages with UIDs in it that the replica knows, or may come to know. */
  public boolean holdsMessages() {
    return isSelectable && !isLabel();
  }

  /** Whether it only shows messages that another folder holds. */
  public boolean isLabel() {
    return label.filter(name -> !name.isEmpty()).isPresent();
  }

  /** Whether it holds the messages of all labels. */
  public boolean holdsLabelled() {
    return label.filter(String::isEmpty).isPresent();
  }
}
