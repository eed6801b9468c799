package org.jmapproxy.mail.sieve;

import org.jmapproxy.core.id.Id;

/**
 * A script that filters messages when they arrive (RFC 9661 section 2.1).
 *
 * @param id its id
 * @param name unique in the account
 * @param blobId its text, in UTF-8
 * @param isActive whether it is the one that filters; at most one is
 */
public record SieveScript(Id id, String name, Id blobId, boolean isActive) {}
