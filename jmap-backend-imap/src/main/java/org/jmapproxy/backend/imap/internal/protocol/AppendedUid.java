package org.jmapproxy.backend.imap.internal.protocol;

/**
 * Where an appended message is (APPENDUID, RFC 4315).
 *
 * @param uidValidity of the mailbox
 */
public record AppendedUid(long uidValidity, long uid) {}
