package org.jmapproxy.mail.header;

import java.util.List;
import java.util.Optional;

/**
 * A group of an address list, or consecutive mailboxes outside any group (RFC 8621 section
 * 4.1.2.4).
 *
 * @param name the decoded display name of the group; empty for mailboxes outside groups
 * @param addresses the mailboxes, in order
 */
public record EmailAddressGroup(Optional<String> name, List<EmailAddress> addresses) {

  /** Copies the list. */
  public EmailAddressGroup {
    addresses = List.copyOf(addresses);
  }
}
