package org.jmapproxy.server.management;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages of other sites away from the management port. A page that has its name resolve to
 * this machine shows a foreign {@code Host}; a page that posts here from elsewhere shows a foreign
 * {@code Origin}. IP addresses and localhost cannot be made to resolve elsewhere and pass.
 */
final class HostGuard {

  private static final String IPV4 = "[0-9]{1,3}(\\.[0-9]{1,3}){3}";

  private final Set<String> allowedNames;

  HostGuard(Set<String> allowedNames) {
    this.allowedNames = Set.copyOf(allowedNames);
  }

  /** Why the request is refused; empty if it is not. */
  Optional<String> objection(HttpServerExchange exchange) {
    @Nullable String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
    if (host == null || !isOurs(nameOf(host))) {
      return Optional.of(
          "this host name is not allowed here; use localhost or an IP address, or add the name to JMAP_MGMT_ALLOWED_HOSTS");
    }
    @Nullable String origin = exchange.getRequestHeaders().getFirst(Headers.ORIGIN);
    if (origin != null && !isSameSite(origin, host)) {
      return Optional.of("requests from pages of another site are not allowed");
    }
    return Optional.empty();
  }

  private boolean isOurs(String name) {
    return name.equals("localhost")
        || name.matches(IPV4)
        || name.startsWith("[")
        || allowedNames.contains(name);
  }

  private static boolean isSameSite(String origin, String host) {
    try {
      @Nullable String authority = new URI(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static String nameOf(String host) {
    int colon = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
    String name = colon > 0 ? host.substring(0, colon) : host;
    return name.toLowerCase(Locale.ROOT);
  }
}
