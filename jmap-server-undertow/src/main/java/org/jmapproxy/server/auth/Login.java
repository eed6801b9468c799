package org.jmapproxy.server.auth;

/** What came of an attempt to authenticate. */
public sealed interface Login {

  /** The request acts for this account and sees the accounts of its pool. */
  record Granted(String accountId) implements Login {}

  /** No such user, wrong password, or nothing that can be read as credentials. */
  record Refused() implements Login {}

  /** Too many wrong passwords lately: the mail server was not asked. */
  record Throttled() implements Login {}
}
