package org.jmapproxy.backend.imap.internal.protocol.error;

/**
 * The server said BYE instead of an answer. Whether a command that was under way took effect is
 * unknown.
 */
public final class ImapByeException extends ImapException {
  private static final long serialVersionUID = 1L;
  private final ResponseCode code;

  public ImapByeException(String message, ResponseCode code) {
    super(message, null);
    this.code = code;
  }

  @Override
  public ResponseCode code() {
    return code;
  }

  @Override
  public boolean closesConnection() {
    return true;
  }
}
