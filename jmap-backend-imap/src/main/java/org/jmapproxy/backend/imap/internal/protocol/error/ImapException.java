package org.jmapproxy.backend.imap.internal.protocol.error;

import org.jspecify.annotations.Nullable;

/**
 * An IMAP command did not succeed. The subclasses say who failed: the connection, the login, the
 * command, or the server's own reply. Messages never contain secrets.
 */
public abstract sealed class ImapException extends RuntimeException
    permits ImapAuthenticationException,
        ImapBadCommandException,
        ImapByeException,
        ImapConnectionLostException,
        ImapLimitException,
        ImapRefusedException {
  private static final long serialVersionUID = 1L;

  ImapException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The response code that the server gave with the failure; {@link ResponseCode#NONE} if none. */
  public ResponseCode code() {
    return ResponseCode.NONE;
  }

  /** Whether the connection cannot be used after this failure. */
  public abstract boolean closesConnection();
}
