package org.jmapproxy.backend.imap.internal.protocol.error;

/** The server answered NO: it understood the command and did not do it. */
public final class ImapRefusedException extends ImapException {
  private static final long serialVersionUID = 1L;
  private final ResponseCode code;

  public ImapRefusedException(String message, ResponseCode code) {
    super(message, null);
    this.code = code;
  }

  /** Why, as RFC 5530 names it (OVERQUOTA, TRYCREATE, NONEXISTENT, ...), where the server says. */
  @Override
  public ResponseCode code() {
    return code;
  }

  @Override
  public boolean closesConnection() {
    return false;
  }
}
