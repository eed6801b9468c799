package org.jmapproxy.backend.imap.internal.protocol;

import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Makes connections to servers, and puts TLS on them. */
public final class Sockets {
  private Sockets() {}

  /** A TCP connection. */
  public static Socket connect(Peer endpoint) throws IOException {
    Socket socket;
    try {
      socket =
          endpoint.connector().connect(endpoint.host(), endpoint.port(), endpoint.connectTimeout());
    } catch (UnknownHostException e) {
      UnknownHostException named = new UnknownHostException(endpoint.host());
      named.initCause(e);
      throw named;
    }
    socket.setTcpNoDelay(true);
    socket.setKeepAlive(true);
    socket.setSoTimeout((int) endpoint.readTimeout().toMillis());
    return socket;
  }

  /** TLS over a connected socket, with the handshake done and the host name checked. */
  public static SSLSocket secure(Peer endpoint, Socket socket) throws IOException {
    SSLContext context = context(endpoint);
    SSLSocket secure =
        (SSLSocket)
            context.getSocketFactory().createSocket(socket, endpoint.host(), endpoint.port(), true);
    if (!endpoint.trustAnyCertificate()) {
      SSLParameters parameters = secure.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      secure.setSSLParameters(parameters);
    }
    secure.setSoTimeout((int) endpoint.connectTimeout().toMillis());
    secure.startHandshake();
    secure.setSoTimeout((int) endpoint.readTimeout().toMillis());
    return secure;
  }

  private static SSLContext context(Peer endpoint) throws IOException {
    try {
      if (endpoint.trustAnyCertificate()) {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAnyone()}, new SecureRandom());
        return context;
      }
      return endpoint.sslContext().isPresent()
          ? endpoint.sslContext().get()
          : SSLContext.getDefault();
    } catch (GeneralSecurityException e) {
      throw new SSLException("TLS cannot be set up", e);
    }
  }

  /** For the operator who asked not to check certificates. */
  private static final class TrustAnyone extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
