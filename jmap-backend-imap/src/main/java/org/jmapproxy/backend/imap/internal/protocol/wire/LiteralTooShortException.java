package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.io.IOException;

/** The source of a literal ended before the size that was announced to the server. */
final class LiteralTooShortException extends IOException {
  private static final long serialVersionUID = 1L;

  LiteralTooShortException(long missing) {
    super("The data to send ended " + missing + " bytes early");
  }
}
