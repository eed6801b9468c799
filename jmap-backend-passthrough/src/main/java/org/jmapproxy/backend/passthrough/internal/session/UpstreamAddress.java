package org.jmapproxy.backend.passthrough.internal.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.passthrough.internal.http.Origin;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/**
 * What an operator says about an upstream.
 *
 * @param sessionUrl where the session is found
 * @param accountId which of the session's accounts is meant, if not the primary one
 * @param origins where the login may be sent: the session's own origin, and those named
 */
public record UpstreamAddress(URI sessionUrl, Optional<String> accountId, Set<Origin> origins) {

  private static final String WELL_KNOWN = "/.well-known/jmap";

  /** Copies the set. */
  public UpstreamAddress {
    origins = Set.copyOf(origins);
  }

  /**
   * Reads the settings {@code sessionUrl}, {@code upstreamAccountId} and {@code trustedOrigins}
   * (addresses separated by blanks). A server's address without a path means its {@code
   * /.well-known/jmap}.
   *
   * @throws BackendException when an address cannot be used
   */
  public static UpstreamAddress of(Map<String, String> settings) {
    URI url = address(settings.getOrDefault("sessionUrl", ""), "sessionUrl");
    boolean bare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    URI sessionUrl = bare && url.getRawQuery() == null ? url.resolve(WELL_KNOWN) : url;
    Set<Origin> origins = new LinkedHashSet<>();
    origins.add(Origin.of(sessionUrl));
    for (String trusted : settings.getOrDefault("trustedOrigins", "").split("\\s+", -1)) {
      if (!trusted.isEmpty()) {
        origins.add(Origin.of(address(trusted, "trustedOrigins")));
      }
    }
    return new UpstreamAddress(
        sessionUrl, Optional.ofNullable(settings.get("upstreamAccountId")), origins);
  }

  private static URI address(String text, String setting) {
    try {
      URI address = new URI(text);
      if (Origin.isWeb(address)) {
        return address;
      }
    } catch (URISyntaxException e) {
      throw unusable(setting);
    }
    throw unusable(setting);
  }

  private static BackendException unusable(String setting) {
    return new BackendException(
        Reason.UNAVAILABLE, setting + " is no http or https address of a server");
  }
}
