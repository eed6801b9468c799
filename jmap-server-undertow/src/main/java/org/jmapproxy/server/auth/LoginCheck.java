package org.jmapproxy.server.auth;

import org.jmapproxy.server.accounts.StoredAccount;

/**
 * Asks an account's own server whether a password is right. Called on worker threads; may block.
 */
@FunctionalInterface
public interface LoginCheck {

  /** What the server said. */
  enum Answer {
    /** The password is right. */
    ACCEPTED,
    /** The password is wrong. */
    REFUSED,
    /** The server could not be asked. */
    UNREACHABLE
  }

  /** Tries to log in with this password and the account's login name, in bounded time. */
  Answer check(StoredAccount account, String password);
}
