package org.jmapproxy.mail.mailbox;

import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * A named set of Emails (RFC 8621 section 2).
 *
 * @param id never used again after the Mailbox is gone
 * @param name what the user sees, unique among the children of one parent
 * @param parentId absent at the top level
 * @param role lower-case name of IANA's registry; at most one Mailbox of the account has it
 * @param sortOrder at least 0 and below 2^31
 * @param totalEmails Emails in it
 * @param unreadEmails of them those with neither {@code $seen} nor {@code $draft}
 * @param totalThreads Threads with an Email in it
 * @param unreadThreads of them those that the user would see as unread
 * @param myRights what the user may do with it
 * @param isSubscribed whether the user wants to see it
 */
public record Mailbox(
    Id id,
    String name,
    Optional<Id> parentId,
    Optional<String> role,
    long sortOrder,
    long totalEmails,
    long unreadEmails,
    long totalThreads,
    long unreadThreads,
    MailboxRights myRights,
    boolean isSubscribed) {}
