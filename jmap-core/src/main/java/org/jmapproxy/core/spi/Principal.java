package org.jmapproxy.core.spi;

/**
 * Who makes a request: the key under which limits are counted and accounts are looked up. The
 * transport authenticates; the engine trusts what it is given.
 *
 * @param name unique among the principals of a server; never shown to other principals
 * @param username what the session calls the user (RFC 8620 section 2)
 */
public record Principal(String name, String username) {

  /** A principal whose user name is also its unique name. */
  public static Principal of(String username) {
    return new Principal(username, username);
  }
}
