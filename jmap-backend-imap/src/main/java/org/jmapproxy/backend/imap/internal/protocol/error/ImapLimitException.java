package org.jmapproxy.backend.imap.internal.protocol.error;

/**
 * The server sent more than we are willing to hold: a line, a literal or a list beyond its bound.
 */
public final class ImapLimitException extends ImapException {
  private static final long serialVersionUID = 1L;

  public ImapLimitException(String message) {
    super(message, null);
  }

  @Override
  public boolean closesConnection() {
    return true;
  }
}
