package org.jmapproxy.core.backend;

/** A fixed password. */
record PasswordCredentials(String username, String secret) implements Credentials {

  @Override
  public Scheme scheme() {
    return Scheme.PASSWORD;
  }

  @Override
  public String toString() {
    return "PasswordCredentials[" + username + "]";
  }
}
