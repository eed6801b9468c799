package org.jmapproxy.server.accounts;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Typed reading of the fields of an account's JSON. Numbers may come as strings. */
final class Fields {

  private static final int LONGEST_TEXT = 4096;

  private final ObjectNode body;

  Fields(ObjectNode body) {
    this.body = body;
  }

  /** Whether the field is there and not null. */
  boolean has(String name) {
    return !body.path(name).isMissingNode() && !body.path(name).isNull();
  }

  /** A text; an empty one counts as none. */
  Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    JsonNode value = body.path(name);
    if (!value.isString() || value.stringValue().length() > LONGEST_TEXT) {
      throw new InvalidAccountException(name + " must be a string of at most 4096 characters");
    }
    if (value.stringValue().chars().anyMatch(c -> c < ' ')) {
      throw new InvalidAccountException(name + " must not contain control characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value.stringValue())) {
      throw new InvalidAccountException(name + " must not contain half a character");
    }
    return Optional.of(value.stringValue()).filter(text -> !text.isEmpty());
  }

  /** A text, or what there was when the field is left out. */
  Optional<String> textOr(String name, Optional<String> existing) {
    return body.has(name) ? text(name) : existing;
  }

  /** Yes or no; what there was when the field is left out, no when there was nothing. */
  boolean flag(String name, Optional<Boolean> existing) {
    JsonNode value = body.path(name);
    if (!has(name)) {
      return !body.has(name) && existing.orElse(false);
    }
    if (!value.isBoolean()) {
      throw new InvalidAccountException(name + " must be true or false");
    }
    return value.booleanValue();
  }

  /** A list of name and email; left out: what there was. */
  List<SenderIdentity> identities(List<SenderIdentity> existing) {
    if (!body.has("identities")) {
      return existing;
    }
    return has("identities") ? SenderIdentity.read(body.path("identities")) : List.of();
  }

  Optional<String> url(String name, Optional<String> existing) {
    Optional<String> url = textOr(name, existing);
    url.ifPresent(value -> checkUrl(name, value));
    return url;
  }

  /** Host, port and security under a common prefix; no host, no endpoint. */
  Optional<Endpoint> endpoint(
      String prefix, Optional<Endpoint> existing, int standardPort, Security standardSecurity) {
    return endpoint(prefix, existing, Optional.empty(), standardPort, standardSecurity);
  }

  /** The same, but with a host for those who say nothing of it. */
  Optional<Endpoint> endpoint(
      String prefix,
      Optional<Endpoint> existing,
      Optional<String> standardHost,
      int standardPort,
      Security standardSecurity) {
    Optional<Long> port = number(prefix + "Port", 1, 65_535);
    Optional<Security> security = security(prefix + "SSL");
    return textOr(prefix + "Host", existing.map(Endpoint::host).or(() -> standardHost))
        .filter(host -> !host.isBlank())
        .map(
            host ->
                new Endpoint(
                    host,
                    port.map(Long::intValue)
                        .or(() -> kept(prefix + "Port", existing.map(Endpoint::port)))
                        .orElse(standardPort),
                    security
                        .or(() -> kept(prefix + "SSL", existing.map(Endpoint::security)))
                        .orElse(standardSecurity)));
  }

  private <T> Optional<T> kept(String name, Optional<T> existing) {
    return body.has(name) ? Optional.empty() : existing;
  }

  private Optional<Security> security(String name) {
    return number(name, 0, 3)
        .map(
            code ->
                Security.ofCode(code)
                    .orElseThrow(() -> new InvalidAccountException(name + " must be 0 to 3")));
  }

  private Optional<Long> number(String name, long least, long most) {
    if (!has(name) || body.path(name).asString("-").isEmpty()) {
      return Optional.empty();
    }
    JsonNode value = body.path(name);
    boolean digits = value.isString() && value.stringValue().matches("[0-9]{1,9}");
    long number =
        digits
            ? Long.parseLong(value.stringValue())
            : value.isIntegralNumber() ? value.asLong(-1) : -1;
    if (number < least || number > most) {
      throw new InvalidAccountException(name + " must be a number from " + least + " to " + most);
    }
    return Optional.of(number);
  }

  private static void checkUrl(String name, String value) {
    try {
      URI uri = new URI(value);
      if (uri.getHost() != null
          && ("http".equalsIgnoreCase(uri.getScheme())
              || "https".equalsIgnoreCase(uri.getScheme()))) {
        return;
      }
    } catch (URISyntaxException e) {
      throw new InvalidAccountException(name + " must be an http or https address");
    }
    throw new InvalidAccountException(name + " must be an http or https address");
  }
}
