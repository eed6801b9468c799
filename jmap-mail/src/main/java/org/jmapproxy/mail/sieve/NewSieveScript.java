package org.jmapproxy.mail.sieve;

import java.util.Optional;

/**
 * A script to be created.
 *
 * @param name a legal one; absent: the server chooses
 * @param text not empty; nobody has looked yet whether it is Sieve
 */
public record NewSieveScript(Optional<String> name, String text) {}
