package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What SELECT or EXAMINE told.
 *
 * @param uidValidity 0 if the server has no lasting UIDs
 * @param uidNext empty if not told
 * @param highestModSeq empty if the mailbox keeps no mod-sequences
 * @param permanentFlags flags that a STORE can change for good; all flags if the server does not
 *     say
 * @param createsKeywords whether new keywords may be stored ({@code \*})
 * @param mailboxId MAILBOXID (RFC 8474) as sent
 */
public record SelectedMailbox(
    String name,
    long uidValidity,
    OptionalLong uidNext,
    long exists,
    OptionalLong highestModSeq,
    Set<String> flags,
    Set<String> permanentFlags,
    boolean createsKeywords,
    boolean readOnly,
    Optional<String> mailboxId) {}
