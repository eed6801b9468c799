package org.jmapproxy.core.backend;

/** A fixed token. */
record BearerCredentials(String username, String secret) implements Credentials {

  @Override
  public Scheme scheme() {
    return Scheme.BEARER;
  }

  @Override
  public String toString() {
    return "BearerCredentials[" + username + "]";
  }
}
