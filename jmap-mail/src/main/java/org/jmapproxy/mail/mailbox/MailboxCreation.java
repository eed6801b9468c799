package org.jmapproxy.mail.mailbox;

import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * A validated creation of a Mailbox. That the parent exists and no sibling has the name is for the
 * write role to check, with {@link MailboxRules}.
 *
 * @param name in Net-Unicode, normalised to NFC, of legal length
 * @param parentId absent for the top level
 * @param role a registered name in lower case
 * @param sortOrder at least 0 and below 2^31
 * @param isSubscribed whether the user wants to see it
 */
public record MailboxCreation(
    String name,
    Optional<Id> parentId,
    Optional<String> role,
    long sortOrder,
    boolean isSubscribed) {}
