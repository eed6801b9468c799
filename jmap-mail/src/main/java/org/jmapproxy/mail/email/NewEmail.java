package org.jmapproxy.mail.email;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.id.Id;

/**
 * A message to store, from Email/import or a create of Email/set. The Mailboxes may not exist: the
 * write role refuses that, with {@link EmailRules}.
 *
 * @param message the raw message; has at least one header field
 * @param mailboxIds at least one Mailbox
 * @param keywords lower-case keywords of legal syntax
 * @param receivedAt the internal date; absent: the time of storing
 */
public record NewEmail(
    Blob message, Set<Id> mailboxIds, Set<String> keywords, Optional<Instant> receivedAt) {

  /** Copies the sets. */
  public NewEmail {
    mailboxIds = Set.copyOf(mailboxIds);
    keywords = Set.copyOf(keywords);
  }
}
