package org.jmapproxy.backend.imap.internal.store;

import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.submission.Envelope;

/**
 * What a client asked to be sent; it never changes.
 *
 * @param id the EmailSubmission
 * @param identityId the Identity
 * @param emailId the Email
 * @param threadId its Thread
 * @param envelope what SMTP is told
 * @param createdAt when the client asked for it
 * @param sendAt when it is released
 * @param message what the message is like
 * @param messageId its Message-ID without angle brackets, if it has one
 */
public record OutboxOrder(
    Id id,
    Id identityId,
    Id emailId,
    Id threadId,
    Envelope envelope,
    Instant createdAt,
    Instant sendAt,
    MessageTraits message,
    Optional<String> messageId) {}
