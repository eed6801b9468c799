package org.jmapproxy.server.lifecycle;

/** Told of what the operator does with accounts. Called on the thread that does it. */
public interface AccountChanges {

  /** An account was changed or deleted, or its pool was. */
  void changed(String accountId);

  /** An account has another password, or was deleted: what its logins made is no longer theirs. */
  void credentialsEnded(String accountId);
}
