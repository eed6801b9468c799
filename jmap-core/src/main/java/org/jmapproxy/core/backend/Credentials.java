package org.jmapproxy.core.backend;

/**
 * What a backend logs in with. May renew itself, so ask at each login. Thread-safe. Implementations
 * keep the secret out of {@code toString}.
 */
public interface Credentials {

  /** The login name. */
  String username();

  /** The password or token at this moment. */
  String secret();

  /** How the secret is meant. */
  Scheme scheme();

  /** How a secret is presented. */
  enum Scheme {
    /** A password. */
    PASSWORD,
    /** An OAuth 2 access token. */
    BEARER
  }

  /** A password that does not change. */
  static Credentials password(String username, String password) {
    return new PasswordCredentials(username, password);
  }

  /** A token that does not change. */
  static Credentials bearer(String username, String token) {
    return new BearerCredentials(username, token);
  }
}
