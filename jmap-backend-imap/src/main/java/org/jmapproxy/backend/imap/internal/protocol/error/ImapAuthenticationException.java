package org.jmapproxy.backend.imap.internal.protocol.error;

/** The server did not accept the credentials, or offers no way to give them safely. */
public final class ImapAuthenticationException extends ImapException {
  private static final long serialVersionUID = 1L;
  private final ResponseCode code;

  public ImapAuthenticationException(String message, ResponseCode code) {
    super(message, null);
    this.code = code;
  }

  /**
   * Often AUTHENTICATIONFAILED, EXPIRED or PRIVACYREQUIRED (RFC 5530); many servers give none.
   * UNAVAILABLE and other passing troubles are reported as {@link ImapRefusedException} instead.
   */
  @Override
  public ResponseCode code() {
    return code;
  }

  @Override
  public boolean closesConnection() {
    return true;
  }
}
