package org.jmapproxy.core.types.internal.push;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jmapproxy.core.http.AddressPolicy;

/**
 * Where subscriptions may have their changes posted to (RFC 8620 sections 7.2 and 8.6). What can be
 * told without asking the DNS is refused when the subscription is made; the HTTP client looks at
 * the addresses behind names when it posts.
 *
 * @param addresses which addresses may be connected to
 * @param plainHttp whether TLS may be left out
 */
public record PushTargets(AddressPolicy addresses, boolean plainHttp) {

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  /** Why nothing is posted to this address, as the end of a sentence. */
  Optional<String> problem(URI url) {
    if (!plainHttp && !"https".equalsIgnoreCase(url.getScheme())) {
      return Optional.of("must begin with https://");
    }
    String host = url.getHost().toLowerCase(Locale.ROOT);
    return isForbidden(host)
        ? Optional.of("is at an address that this server does not connect to")
        : Optional.empty();
  }

  private boolean isForbidden(String host) {
    try {
      if (host.equals("localhost") || host.endsWith(".localhost")) {
        return !addresses.allows(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      }
      boolean literal = host.startsWith("[") || isIpv4(host);
      return literal && !addresses.allows(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return true;
    }
  }

  /** Only what Java takes for an address too, so that the DNS is never asked. */
  private static boolean isIpv4(String host) {
    if (!IPV4.matcher(host).matches()) {
      return false;
    }
    for (String part : host.split("\\.", -1)) {
      if (Integer.parseInt(part) > 255) {
        return false;
      }
    }
    return true;
  }
}
