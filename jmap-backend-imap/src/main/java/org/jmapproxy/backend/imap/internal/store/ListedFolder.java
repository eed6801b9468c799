package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;
import org.jmapproxy.mail.mailbox.MailboxRights;

/**
 * A folder as a LIST round found it.
 *
 * @param path the whole name that IMAP commands use, decoded; unique
 * @param parentPath the path of the Mailbox above it, which is in the same round
 * @param name what the Mailbox is called (RFC 8621 section 2)
 * @param role its role; the first folder of a round to claim a role has it
 * @param isSelectable whether it can hold messages
 * @param isSubscribed whether the user subscribed to it
 * @param rights what the user may do
 * @param evidence what may prove that it is a folder known by another path
 * @param label on Gmail the label whose messages it shows; empty text: it holds the messages of all
 *     labels. Absent: it holds its own messages
 */
public record ListedFolder(
    String path,
    Optional<String> parentPath,
    String name,
    Optional<String> role,
    boolean isSelectable,
    boolean isSubscribed,
    MailboxRights rights,
    FolderEvidence evidence,
    Optional<String> label) {

  /** A folder that holds its own messages. */
  public ListedFolder(
      String path,
      Optional<String> parentPath,
      String name,
      Optional<String> role,
      boolean isSelectable,
      boolean isSubscribed,
      MailboxRights rights,
      FolderEvidence evidence) {
    this(
        path,
        parentPath,
        name,
        role,
        isSelectable,
        isSubscribed,
        rights,
        evidence,
        Optional.empty());
  }
}
