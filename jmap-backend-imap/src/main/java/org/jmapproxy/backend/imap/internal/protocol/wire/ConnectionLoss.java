package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException.Reason;

/** Names what an {@link IOException} of a socket means for the connection. */
public final class ConnectionLoss {
  private ConnectionLoss() {}

  public static ImapConnectionLostException of(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return lost(Reason.TIMEOUT, "No answer in time", e);
    }
    if (e instanceof UnknownHostException) {
      return lost(Reason.UNKNOWN_HOST, "The host name is unknown", e);
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return lost(Reason.REFUSED, "No connection could be made", e);
    }
    if (e instanceof SSLException) {
      return lost(Reason.TLS, "TLS failed", e);
    }
    return lost(Reason.CLOSED, "The connection broke", e);
  }

  private static ImapConnectionLostException lost(Reason reason, String text, IOException e) {
    String detail = e.getMessage();
    return new ImapConnectionLostException(reason, detail == null ? text : text + ": " + detail, e);
  }
}
