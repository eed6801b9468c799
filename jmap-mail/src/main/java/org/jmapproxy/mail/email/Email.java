package org.jmapproxy.mail.email;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mime.BodyPart;

/**
 * A message in the mail store (RFC 8621 section 4.1).
 *
 * @param id never used again after the Email is gone
 * @param blobId the raw message
 * @param threadId its Thread, for ever
 * @param mailboxIds the Mailboxes it is in, at least one
 * @param keywords in lower case
 * @param size octets of the raw message
 * @param receivedAt IMAP's internal date
 * @param hasAttachment whether there is something to offer for download
 * @param preview at most 256 characters of plain text
 * @param headers the header; need not be read unless {@link EmailProperties#needsHeaders}
 * @param bodyStructure the MIME structure; need not be read unless {@link
 *     EmailProperties#needsStructure}
 */
public record Email(
    Id id,
    Id blobId,
    Id threadId,
    Set<Id> mailboxIds,
    Set<String> keywords,
    long size,
    Instant receivedAt,
    boolean hasAttachment,
    String preview,
    Optional<HeaderBlock> headers,
    Optional<BodyPart> bodyStructure) {

  /** Copies the sets. */
  public Email {
    mailboxIds = Set.copyOf(mailboxIds);
    keywords = Set.copyOf(keywords);
  }
}
