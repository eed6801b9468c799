package org.jmapproxy.backend.imap.internal.store;

import java.util.List;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.mime.BodyPart;

/**
 * A message and where it can be found.
 *
 * @param emailId the id of its Email
 * @param blobId the id of its octets
 * @param size RFC822.SIZE
 * @param structure its MIME structure
 * @param copies where it is, at least one; those of a folder being read anew are left out, so that
 *     the list may be empty for a while
 */
public record StoredMessage(
    Id emailId, Id blobId, long size, BodyPart structure, List<MessageCopy> copies) {

  /** Copies the list. */
  public StoredMessage {
    copies = List.copyOf(copies);
  }
}
