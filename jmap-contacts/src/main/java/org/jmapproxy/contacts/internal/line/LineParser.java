package org.jmapproxy.contacts.internal.line;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Takes one unfolded content line apart (RFC 6350 section 3.3), in vCard 2.1's manner too. */
final class LineParser {

  private static final Set<String> BARE_ENCODINGS =
      Set.of("QUOTED-PRINTABLE", "BASE64", "7BIT", "8BIT", "B");

  private final String text;
  private final int maxValues;
  private int at;
  private int values;
  private Parameters parameters = Parameters.none();

  private LineParser(String text, int maxValues) {
    this.text = text;
    this.maxValues = maxValues;
  }

  /** The property; empty when the line is none. */
  static Optional<ContentLine> parse(String text, int maxValues) {
    return new LineParser(text, maxValues).parse();
  }

  private Optional<ContentLine> parse() {
    String name = name();
    Optional<String> group = Optional.empty();
    if (peek() == '.') {
      group = Optional.of(name).filter(g -> !g.isEmpty());
      at++;
      name = name();
    }
    if (name.isEmpty()) {
      return Optional.empty();
    }
    while (peek() == ';') {
      at++;
      if (!parameter()) {
        return Optional.empty();
      }
    }
    if (peek() != ':') {
      return Optional.empty();
    }
    String value = text.substring(at + 1);
    return Optional.of(
        new ContentLine(
            group,
            name.toUpperCase(Locale.ROOT),
            parameters,
            TransferEncoding.decoded(value, parameters)));
  }

  private boolean parameter() {
    String name = name();
    skipBlanks();
    if (peek() != '=') {
      return bare(name);
    }
    List<String> found = new ArrayList<>();
    do {
      at++;
      skipBlanks();
      Optional<String> value = peek() == '"' ? quoted() : Optional.of(plain());
      if (value.isEmpty()) {
        return false;
      }
      found.add(ParameterText.decode(value.get()));
    } while (peek() == ',');
    return add(name.toUpperCase(Locale.ROOT), found);
  }

  /** Types are words; a list of them in one pair of quotes is a list nevertheless. */
  private static List<String> types(List<String> quoted) {
    return quoted.stream()
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .toList();
  }

  /** vCard 2.1 leaves out the name where it is clear. */
  private boolean bare(String value) {
    if (value.isEmpty()) {
      return peek() == ';' || peek() == ':';
    }
    String upper = value.toUpperCase(Locale.ROOT);
    return add(BARE_ENCODINGS.contains(upper) ? "ENCODING" : "TYPE", List.of(value));
  }

  private boolean add(String name, List<String> found) {
    values += found.size();
    if (name.isEmpty() || values > maxValues) {
      return false;
    }
    parameters = parameters.and(name, name.equals("TYPE") ? types(found) : found);
    return true;
  }

  private Optional<String> quoted() {
    int end = text.indexOf('"', at + 1);
    if (end < 0) {
      return Optional.empty();
    }
    String value = text.substring(at + 1, end);
    at = end + 1;
    skipBlanks();
    return peek() == ',' || peek() == ';' || peek() == ':' ? Optional.of(value) : Optional.empty();
  }

  private String plain() {
    int start = at;
    while (at < text.length() && ",;:".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at).strip();
  }

  private String name() {
    skipBlanks();
    int start = at;
    while (at < text.length() && isNameCharacter(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private void skipBlanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static boolean isNameCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
