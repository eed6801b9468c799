package org.jmapproxy.backend.imap.internal.protocol.fetch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/**
 * Reads BODYSTRUCTURE, taking every field for absent that is not what it should be. The value's
 * parentheses are known to match (the caller stepped over it before), so depth is bounded.
 */
final class BodyStructureParser {
  private static final int MOST_PARTS = 10_000;

  private int parts;

  /** The structure whose opening parenthesis is next; empty if there is none. */
  Optional<BodyStructure> parse(ResponseCursor cursor) {
    parts = 0;
    if (cursor.peek() != '(') {
      return Optional.empty();
    }
    BodyStructure root = node(cursor, "", true);
    return Optional.of(root);
  }

  private BodyStructure node(ResponseCursor cursor, String section, boolean top) {
    cursor.accept('(');
    cursor.skipSpaces();
    parts++;
    BodyStructure node =
        cursor.peek() == '('
            ? multipart(cursor, section)
            : single(cursor, top ? child(section, 1) : section);
    closeList(cursor);
    return node;
  }

  private BodyStructure multipart(ResponseCursor cursor, String section) {
    List<BodyStructure> children = new ArrayList<>(4);
    while (cursor.peek() == '(') {
      if (parts >= MOST_PARTS) {
        cursor.skipValue();
      } else {
        children.add(node(cursor, child(section, children.size() + 1), false));
      }
      cursor.skipSpaces();
    }
    String subtype = lower(string(cursor).orElse("mixed"));
    Map<String, String> parameters = parameters(cursor);
    Extension extension = extension(cursor);
    return new BodyStructure(
        section,
        "multipart",
        subtype,
        parameters,
        Optional.empty(),
        Optional.empty(),
        "",
        -1,
        -1,
        extension.disposition,
        extension.parameters,
        extension.languages,
        extension.location,
        List.copyOf(children));
  }

  private BodyStructure single(ResponseCursor cursor, String section) {
    String type = lower(string(cursor).orElse("application"));
    String subtype = lower(string(cursor).orElse("octet-stream"));
    Map<String, String> parameters = parameters(cursor);
    Optional<String> contentId = string(cursor);
    Optional<String> description = string(cursor);
    String encoding = lower(string(cursor).orElse("7bit"));
    long size = number(cursor);
    long lines = -1;
    List<BodyStructure> nested = List.of();
    if (type.equals("message") && nextIsList(cursor)) {
      cursor.skipValue();
      cursor.skipSpaces();
      if (cursor.peek() == '(' && parts < MOST_PARTS) {
        nested = List.of(node(cursor, section, true));
      } else {
        skip(cursor);
      }
      lines = number(cursor);
    } else if (type.equals("text") || nextIsNumber(cursor)) {
      lines = number(cursor);
    }
    string(cursor);
    Extension extension = extension(cursor);
    return new BodyStructure(
        section,
        type,
        subtype,
        parameters,
        contentId,
        description,
        encoding,
        size,
        lines,
        extension.disposition,
        extension.parameters,
        extension.languages,
        extension.location,
        nested);
  }

  private record Extension(
      Optional<String> disposition,
      Map<String, String> parameters,
      List<String> languages,
      Optional<String> location) {}

  /** Disposition, language and location; what is not there is empty. */
  private static Extension extension(ResponseCursor cursor) {
    Optional<String> disposition = Optional.empty();
    Map<String, String> parameters = Map.of();
    if (nextIsList(cursor)) {
      cursor.accept('(');
      disposition = string(cursor).map(BodyStructureParser::lower);
      parameters = parameters(cursor);
      closeList(cursor);
    } else {
      disposition = string(cursor).map(BodyStructureParser::lower);
    }
    List<String> languages = strings(cursor);
    Optional<String> location = string(cursor);
    return new Extension(disposition, parameters, languages, location);
  }

  private static Map<String, String> parameters(ResponseCursor cursor) {
    if (!nextIsList(cursor)) {
      skip(cursor);
      return Map.of();
    }
    cursor.accept('(');
    Map<String, String> raw = new LinkedHashMap<>(4);
    while (more(cursor)) {
      Optional<String> name = string(cursor);
      if (!more(cursor)) {
        break;
      }
      Optional<String> value = string(cursor);
      if (name.isPresent() && value.isPresent() && raw.size() < 1000) {
        raw.putIfAbsent(lower(name.get()), value.get());
      }
    }
    cursor.accept(')');
    return ParameterContinuations.join(raw);
  }

  private static List<String> strings(ResponseCursor cursor) {
    if (!nextIsList(cursor)) {
      return string(cursor).map(List::of).orElse(List.of());
    }
    cursor.accept('(');
    List<String> values = new ArrayList<>(2);
    while (more(cursor)) {
      string(cursor).filter(value -> values.size() < 1000).ifPresent(values::add);
    }
    cursor.accept(')');
    return List.copyOf(values);
  }

  /** The string that is next; a list in its place is stepped over and absent. */
  private static Optional<String> string(ResponseCursor cursor) {
    cursor.skipSpaces();
    if (cursor.peek() == '(') {
      cursor.skipValue();
      return Optional.empty();
    }
    if (cursor.atEnd() || cursor.peek() == ')') {
      return Optional.empty();
    }
    return cursor.string() ? Optional.of(cursor.text()) : Optional.empty();
  }

  private static long number(ResponseCursor cursor) {
    cursor.skipSpaces();
    if (cursor.peek() == '"') {
      return string(cursor).filter(t -> t.matches("\\d{1,18}")).map(Long::parseLong).orElse(-1L);
    }
    long value = cursor.number();
    if (value < 0) {
      skip(cursor);
    }
    return value;
  }

  /** Steps over one value, unless the list ends here. */
  private static void skip(ResponseCursor cursor) {
    if (more(cursor)) {
      cursor.skipValue();
    }
  }

  /** Steps behind the parenthesis that closes the current list, whatever is left before it. */
  private static void closeList(ResponseCursor cursor) {
    while (more(cursor)) {
      if (!cursor.skipValue()) {
        return;
      }
    }
    cursor.accept(')');
  }

  private static boolean more(ResponseCursor cursor) {
    cursor.skipSpaces();
    return !cursor.atEnd() && cursor.peek() != ')';
  }

  private static boolean nextIsList(ResponseCursor cursor) {
    cursor.skipSpaces();
    return cursor.peek() == '(';
  }

  private static boolean nextIsNumber(ResponseCursor cursor) {
    cursor.skipSpaces();
    int c = cursor.peek();
    return c >= '0' && c <= '9';
  }

  private static String child(String section, int number) {
    return section.isEmpty() ? Integer.toString(number) : section + "." + number;
  }

  private static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'A' && c <= 'Z') || c > 127) {
        return text.toLowerCase(Locale.ROOT);
      }
    }
    return text;
  }
}
