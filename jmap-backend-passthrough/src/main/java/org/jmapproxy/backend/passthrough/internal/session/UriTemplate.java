package org.jmapproxy.backend.passthrough.internal.session;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.backend.passthrough.internal.http.Origin;

/**
 * A URI Template of level 1 (RFC 6570), which is all that a session has (RFC 8620 section 2), and
 * the address that relative ones are relative to.
 *
 * @param base the address of the session
 * @param template as it stands in the session
 */
public record UriTemplate(URI base, String template) {

  private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_]{1,64})\\}");
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /**
   * The address with values in the place of variables; variables without a value become empty.
   * Nothing when that is no http or https address.
   */
  public Optional<URI> expand(Map<String, String> values) {
    StringBuilder expanded = new StringBuilder();
    Matcher matcher = VARIABLE.matcher(template);
    while (matcher.find()) {
      String value = encoded(values.getOrDefault(matcher.group(1), ""));
      matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    matcher.appendTail(expanded);
    try {
      URI resolved = base.resolve(new URI(expanded.toString()));
      return Optional.of(resolved).filter(Origin::isWeb);
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String encoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(octet) >= 0) {
        text.append((char) octet);
      } else {
        text.append('%').append(String.format("%02X", octet & 0xFF));
      }
    }
    return text.toString();
  }
}
