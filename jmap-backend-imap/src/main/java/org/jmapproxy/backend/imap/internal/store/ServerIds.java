package org.jmapproxy.backend.imap.internal.store;

import java.util.Optional;

/**
 * What the server says about which messages are the same and which belong together. Values are as
 * sent; the store checks them.
 *
 * @param emailId EMAILID (RFC 8474)
 * @param gmailMessageId X-GM-MSGID
 * @param guid X-GUID
 * @param threadId THREADID (RFC 8474)
 * @param gmailThreadId X-GM-THRID
 */
public record ServerIds(
    Optional<String> emailId,
    Optional<String> gmailMessageId,
    Optional<String> guid,
    Optional<String> threadId,
    Optional<String> gmailThreadId) {

  /** The server says nothing. */
  public static ServerIds none() {
    return new ServerIds(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
