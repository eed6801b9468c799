package org.jmapproxy.mail.email;

import org.jmapproxy.core.id.Id;

/**
 * A validated update of an Email. It may name Mailboxes that do not exist, and it may leave the
 * Email without a Mailbox if another client took it out of the others meanwhile: the write role
 * refuses both, with {@link EmailRules}.
 *
 * @param id the Email
 * @param keywords lower-case keywords of legal syntax
 * @param mailboxIds the Mailboxes
 */
public record EmailUpdate(Id id, SetChange<String> keywords, SetChange<Id> mailboxIds) {}
