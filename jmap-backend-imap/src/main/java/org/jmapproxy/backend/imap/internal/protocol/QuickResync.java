package org.jmapproxy.backend.imap.internal.protocol;

/**
 * What is known of a mailbox, for a SELECT that tells only the differences (QRESYNC, RFC 7162).
 *
 * @param knownUids the UIDs in the replica; empty to leave them out
 */
public record QuickResync(long uidValidity, long modSeq, UidSet knownUids) {}
