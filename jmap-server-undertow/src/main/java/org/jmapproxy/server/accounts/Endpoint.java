package org.jmapproxy.server.accounts;

/**
 * Where a mail server is reached.
 *
 * @param host name or address, never blank
 * @param port 1 to 65535
 * @param security how the connection is protected
 */
public record Endpoint(String host, int port, Security security) {

  /** Refuses a blank host and a port out of range. */
  public Endpoint {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("not an endpoint: " + host + ":" + port);
    }
  }
}
