package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What may prove that a folder of one name is the folder that had another name before.
 *
 * @param mailboxId MAILBOXID (RFC 8474)
 * @param guid Dovecot's X-GUID of the mailbox
 * @param uidValidity UIDVALIDITY, if known
 * @param uidNext UIDNEXT, if known
 */
public record FolderEvidence(
    Optional<String> mailboxId,
    Optional<String> guid,
    OptionalLong uidValidity,
    OptionalLong uidNext) {

  /** Nothing is known but the name. */
  public static FolderEvidence none() {
    return new FolderEvidence(
        Optional.empty(), Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
  }
}
