package org.jmapproxy.mail.submission;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An address of an envelope (RFC 8621 section 7).
 *
 * @param email as in MAIL FROM or RCPT TO; empty for the null reverse-path
 * @param parameters ESMTP parameters by name in upper case, without xtext; the value may be absent
 * @param hasParameters false when the client gave {@code null}
 */
public record EnvelopeAddress(
    String email, Map<String, Optional<String>> parameters, boolean hasParameters) {

  /** Copies the parameters in their order. */
  public EnvelopeAddress {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** An address without parameters. */
  public static EnvelopeAddress of(String email) {
    return new EnvelopeAddress(email, Map.of(), false);
  }

  /** With a parameter more. */
  public EnvelopeAddress with(String name, String value) {
    Map<String, Optional<String>> more = new LinkedHashMap<>(parameters);
    more.put(name, Optional.of(value));
    return new EnvelopeAddress(email, more, true);
  }

  /** The value of a parameter. */
  public Optional<String> parameter(String name) {
    return parameters.getOrDefault(name, Optional.empty());
  }
}
