package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Map;

/**
 * Where messages went (COPYUID, RFC 4315).
 *
 * @param uidValidity of the destination
 * @param destinations the new UID by the old one
 */
public record CopiedUids(long uidValidity, Map<Long, Long> destinations) {}
