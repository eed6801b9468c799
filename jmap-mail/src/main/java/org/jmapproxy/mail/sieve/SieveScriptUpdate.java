package org.jmapproxy.mail.sieve;

import java.util.Optional;

/**
 * New values for a script.
 *
 * @param name a legal one; absent: the old name stays
 * @param text not empty; absent: the old text stays
 */
public record SieveScriptUpdate(Optional<String> name, Optional<String> text) {}
