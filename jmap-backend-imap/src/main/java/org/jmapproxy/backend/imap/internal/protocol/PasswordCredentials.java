package org.jmapproxy.backend.imap.internal.protocol;

/** Credentials held in memory; their text form hides the secret. */
record PasswordCredentials(String user, String secret) implements ImapCredentials {
  @Override
  public String toString() {
    return "PasswordCredentials[user=" + user + "]";
  }
}
