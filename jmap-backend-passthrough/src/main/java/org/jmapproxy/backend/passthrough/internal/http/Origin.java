package org.jmapproxy.backend.passthrough.internal.http;

import java.net.URI;
import java.util.Locale;

/**
 * Scheme, host and port of an address (RFC 6454): where credentials may go.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case
 * @param port always told, the scheme's own if the address has none
 */
public record Origin(String scheme, String host, int port) {

  /** The origin of a web address, see {@link #isWeb}. */
  public static Origin of(URI address) {
    String scheme = address.getScheme().toLowerCase(Locale.ROOT);
    int port = address.getPort() >= 0 ? address.getPort() : scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, address.getHost().toLowerCase(Locale.ROOT), port);
  }

  /** Whether it is an absolute http or https address with a host and without user information. */
  public static boolean isWeb(URI address) {
    return address.getHost() != null
        && address.getRawUserInfo() == null
        && address.getRawFragment() == null
        && ("https".equalsIgnoreCase(address.getScheme())
            || "http".equalsIgnoreCase(address.getScheme()));
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }
}
