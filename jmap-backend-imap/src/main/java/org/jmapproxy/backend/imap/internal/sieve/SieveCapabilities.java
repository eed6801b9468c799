package org.jmapproxy.backend.imap.internal.sieve;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a ManageSieve server announces (RFC 5804 section 1.7).
 *
 * @param values the value of each capability by its upper-case name; empty for those without
 */
public record SieveCapabilities(Map<String, String> values) {

  private static final String SEPARATOR = "\t";

  /** Copies the map, in its order. */
  public SieveCapabilities {
    values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  static SieveCapabilities of(List<List<String>> lines) {
    Map<String, String> values = new LinkedHashMap<>();
    for (List<String> line : lines) {
      if (!line.isEmpty()) {
        values.put(line.get(0).toUpperCase(Locale.ROOT), line.size() > 1 ? line.get(1) : "");
      }
    }
    return new SieveCapabilities(values);
  }

  /** Reads what {@link #toText} wrote. */
  static SieveCapabilities fromText(String text) {
    return of(text.lines().map(line -> List.of(line.split(SEPARATOR, 2))).toList());
  }

  /** A text of one line each, to be kept. */
  String toText() {
    return values.entrySet().stream()
        .map(entry -> entry.getKey() + SEPARATOR + entry.getValue())
        .map(line -> line.replaceAll("[\r\n]", " "))
        .collect(Collectors.joining("\n"));
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  /** The name and version of the implementation. */
  public String implementation() {
    return values.getOrDefault("IMPLEMENTATION", "");
  }

  /** The Sieve extensions that scripts may require. */
  public List<String> extensions() {
    return words("SIEVE");
  }

  /** The schemes of {@code enotify}; absent where it is not supported. */
  public Optional<List<String>> notificationMethods() {
    return has("NOTIFY") ? Optional.of(words("NOTIFY")) : Optional.empty();
  }

  /** The schemes of {@code extlists}; absent where it is not supported. */
  public Optional<List<String>> externalLists() {
    return has("EXTLISTS") ? Optional.of(words("EXTLISTS")) : Optional.empty();
  }

  /** How many redirects one message may cause. */
  public OptionalLong maxRedirects() {
    String value = values.getOrDefault("MAXREDIRECTS", "");
    return value.matches("\\d{1,9}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }

  Set<String> mechanisms() {
    return Set.copyOf(words("SASL"));
  }

  private List<String> words(String name) {
    return List.of(values.getOrDefault(name, "").strip().split("\\s+")).stream()
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
