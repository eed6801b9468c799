package org.jmapproxy.mail.header;

import java.util.Optional;

/**
 * A mailbox of an address list (RFC 8621 section 4.1.2.3).
 *
 * @param name the decoded display name, if any
 * @param email the addr-spec; of a malformed field whatever stood in its place
 */
public record EmailAddress(Optional<String> name, String email) {}
