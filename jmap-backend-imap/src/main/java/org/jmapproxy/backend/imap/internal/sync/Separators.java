package org.jmapproxy.backend.imap.internal.sync;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.Namespaces;
import org.jmapproxy.backend.imap.internal.protocol.Namespaces.Namespace;

/**
 * What stands between the levels of a path. Each namespace has a separator of its own (RFC 2342
 * section 5), which is not always that of the user's own folders.
 */
public final class Separators {
  private static final char NONE = '\u0001';
  private static final String BETWEEN = "\n";

  private final Optional<Character> usual;
  private final List<Namespace> namespaces;

  private Separators(Optional<Character> usual, List<Namespace> namespaces) {
    this.usual = usual;
    this.namespaces = namespaces;
  }

  /**
   * The separators of an account.
   *
   * @param usual of paths that are in no namespace
   */
  static Separators of(Optional<Character> usual, Namespaces namespaces) {
    List<Namespace> longestFirst =
        Stream.of(namespaces.personal(), namespaces.others(), namespaces.shared())
            .flatMap(List::stream)
            .filter(namespace -> !namespace.prefix().contains(BETWEEN))
            .sorted(Comparator.comparing(namespace -> -namespace.prefix().length()))
            .toList();
    return new Separators(usual, longestFirst);
  }

  /** The separator of the user's own folders. */
  public Optional<Character> usual() {
    return usual;
  }

  /** The separator within this path, and below it; empty where there is one level only. */
  public Optional<Character> of(String path) {
    return namespaces.stream()
        .filter(namespace -> namespace.holds(path))
        .findFirst()
        .map(Namespace::separator)
        .orElse(usual);
  }

  /** A text from which {@link #parse} makes these again. */
  String format() {
    StringBuilder text = new StringBuilder().append((char) usual.orElse(NONE));
    for (Namespace namespace : namespaces) {
      text.append(BETWEEN).append((char) namespace.separator().orElse(NONE));
      text.append(namespace.prefix());
    }
    return text.toString();
  }

  static Separators parse(String text) {
    List<Namespace> namespaces = new ArrayList<>();
    Optional<Character> usual = Optional.empty();
    boolean first = true;
    for (String line : text.split(BETWEEN, -1)) {
      Optional<Character> separator =
          line.isEmpty() ? Optional.empty() : Optional.of(line.charAt(0)).filter(c -> c != NONE);
      if (first) {
        usual = separator;
      } else if (!line.isEmpty()) {
        namespaces.add(new Namespace(line.substring(1), separator));
      }
      first = false;
    }
    return new Separators(usual, List.copyOf(namespaces));
  }
}
