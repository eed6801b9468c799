package org.jmapproxy.mail.mailbox;

import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.id.Id;

/**
 * A validated update of a Mailbox; what is absent stays as it is. That the parent exists and no
 * sibling has the name is for the write role to check, with {@link MailboxRules}.
 *
 * @param id the Mailbox
 * @param name the new name, as in a creation
 * @param parentId the new parent, or the top level
 * @param role the new role, or none
 * @param sortOrder the new sort order
 * @param isSubscribed whether the user wants to see it from now on
 */
public record MailboxUpdate(
    Id id,
    Optional<String> name,
    Optional<Optional<Id>> parentId,
    Optional<Optional<String>> role,
    OptionalLong sortOrder,
    Optional<Boolean> isSubscribed) {

  /** Whether the Mailbox gets another name or parent. */
  public boolean moves() {
    return name.isPresent() || parentId.isPresent();
  }

  /** The Mailbox as it is after the update, but for what the update does not touch by itself. */
  public Mailbox applyTo(Mailbox before) {
    return new Mailbox(
        before.id(),
        name.orElse(before.name()),
        parentId.orElse(before.parentId()),
        role.orElse(before.role()),
        sortOrder.orElse(before.sortOrder()),
        before.totalEmails(),
        before.unreadEmails(),
        before.totalThreads(),
        before.unreadThreads(),
        before.myRights(),
        isSubscribed.orElse(before.isSubscribed()));
  }
}
