package org.jmapproxy.backend.imap.internal.sieve;

/**
 * A script in the server's list.
 *
 * @param name unique in the account
 * @param isActive whether it is the one that runs
 */
record ListedScript(String name, boolean isActive) {}
