package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * STATUS of a mailbox; items that the server did not tell are empty.
 *
 * @param name the mailbox, decoded
 * @param highestModSeq empty if the mailbox keeps no mod-sequences
 * @param mailboxId MAILBOXID (RFC 8474) as sent
 * @param guid Dovecot's X-GUID
 * @param size of all messages in bytes (STATUS=SIZE)
 */
public record MailboxStatus(
    String name,
    OptionalLong messages,
    OptionalLong uidNext,
    OptionalLong uidValidity,
    OptionalLong unseen,
    OptionalLong highestModSeq,
    Optional<String> mailboxId,
    Optional<String> guid,
    OptionalLong size) {}
