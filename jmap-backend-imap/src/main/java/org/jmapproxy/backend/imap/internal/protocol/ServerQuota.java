package org.jmapproxy.backend.imap.internal.protocol;

/**
 * One resource of a quota root (RFC 9208).
 *
 * @param root the name of the quota root, often empty
 * @param resource what is counted, in upper case: {@code STORAGE}, {@code MESSAGE}, ...
 * @param usage how much there is; STORAGE in units of 1024 octets
 * @param limit how much there may be
 */
public record ServerQuota(String root, String resource, long usage, long limit) {}
