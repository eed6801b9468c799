package org.jmapproxy.mail.submission;

import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * A validated creation of an EmailSubmission: the Identity and the Email exist, the envelope is
 * complete and the user may send so.
 *
 * @param identityId the Identity
 * @param emailId the Email
 * @param threadId the Thread of the Email
 * @param envelope given or made; {@code HOLDFOR} and {@code HOLDUNTIL} are still in it, and are not
 *     for the server
 * @param envelopeWasNull whether the client sent {@code null} for it
 * @param releaseAt when to release the message; absent: now
 * @param message what goes over the wire
 * @param leavesRecord whether clients see an EmailSubmission of it; what the server writes by
 *     itself, such as disposition notifications, is sent without
 */
public record NewSubmission(
    Id identityId,
    Id emailId,
    Id threadId,
    Envelope envelope,
    boolean envelopeWasNull,
    Optional<Instant> releaseAt,
    OutgoingMessage message,
    boolean leavesRecord) {}
