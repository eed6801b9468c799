package org.jmapproxy.backend.imap.internal.protocol.error;

/** The server answered BAD: it does not know the command, or not in this form or state. */
public final class ImapBadCommandException extends ImapException {
  private static final long serialVersionUID = 1L;
  private final ResponseCode code;

  public ImapBadCommandException(String message, ResponseCode code) {
    super(message, null);
    this.code = code;
  }

  @Override
  public ResponseCode code() {
    return code;
  }

  @Override
  public boolean closesConnection() {
    return false;
  }
}
