package org.jmapproxy.backend.imap.internal.protocol;

/**
 * Who logs in. The secret is asked for once per login, so that an implementation may unseal it
 * then; it never reaches a log or an exception.
 */
public interface ImapCredentials {

  String user();

  String secret();

  /** Whether the secret is an OAuth 2 access token rather than a password. */
  default boolean isBearer() {
    return false;
  }

  /** A user name and a password at hand. */
  static ImapCredentials password(String user, String password) {
    return new PasswordCredentials(user, password);
  }
}
