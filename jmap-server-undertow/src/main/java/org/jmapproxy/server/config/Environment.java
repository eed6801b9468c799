package org.jmapproxy.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Typed reading of environment variables. A variable that is set to nothing counts as not set. A
 * value that cannot be used ends the start with a message that names the variable.
 */
final class Environment {

  private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  boolean isSet(String name) {
    return text(name).isPresent();
  }

  /** A TCP port; 0 lets the system choose. */
  int port(String name, int standard) {
    return (int) number(name, standard, 65_535, "a port between 0 (any free port) and 65535");
  }

  Duration seconds(String name, long standard) {
    return Duration.ofSeconds(
        number(name, standard, LONGEST_SECONDS, "a whole number of seconds, 0 or more"));
  }

  Duration secondsAboveZero(String name, long standard) {
    Duration value = seconds(name, standard);
    if (value.isZero()) {
      throw bad(name, "0", "a whole number of seconds, 1 or more");
    }
    return value;
  }

  /** A count of 1 to 1,000,000. */
  int countAboveZero(String name, int standard) {
    return text(name)
        .map(
            value -> {
              int count = value.matches("[0-9]{1,7}") ? Integer.parseInt(value) : 0;
              if (count < 1 || count > 1_000_000) {
                throw bad(name, value, "a whole number from 1 to 1000000");
              }
              return count;
            })
        .orElse(standard);
  }

  /** Host names of a comma or space separated list, in lower case. */
  Set<String> hosts(String name) {
    return text(name).stream()
        .flatMap(list -> Arrays.stream(list.split("[,\\s]+", -1)))
        .filter(host -> !host.isEmpty())
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** An absolute http or https address without query and fragment; a trailing slash is dropped. */
  Optional<URI> baseUrl(String name) {
    return text(name).map(value -> parseBaseUrl(name, value));
  }

  private static URI parseBaseUrl(String name, String value) {
    String wanted = "an address such as https://jmap.example.com";
    try {
      URI uri = new URI(value.replaceAll("/+$", ""));
      boolean web =
          "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
      if (!web
          || uri.getHost() == null
          || uri.getQuery() != null
          || uri.getFragment() != null
          || uri.getUserInfo() != null) {
        throw bad(name, value, wanted);
      }
      return uri;
    } catch (URISyntaxException e) {
      throw bad(name, value, wanted);
    }
  }

  private long number(String name, long standard, long most, String wanted) {
    Optional<String> value = text(name);
    if (value.isEmpty()) {
      return standard;
    }
    if (!value.get().matches("[0-9]{1,9}") || Long.parseLong(value.get()) > most) {
      throw bad(name, value.get(), wanted);
    }
    return Long.parseLong(value.get());
  }

  private static StartupException bad(String name, String value, String wanted) {
    String shown = value.length() > 60 ? value.substring(0, 60) + "..." : value;
    return StartupException.badSetting(
        name + " is \"" + shown.replaceAll("\\p{Cntrl}", "?") + "\"; it must be " + wanted + ".");
  }
}
