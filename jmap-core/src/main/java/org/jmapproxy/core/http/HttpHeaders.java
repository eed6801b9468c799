package org.jmapproxy.core.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The header fields of a request or response, in order. Names are compared without regard to case.
 * Immutable. {@link #toString()} shows no values.
 */
public final class HttpHeaders {

  private static final HttpHeaders NONE = new HttpHeaders(List.of());
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\x80-\\xFF\\t]*");

  private record Field(String name, String value) {}

  private final List<Field> fields;

  private HttpHeaders(List<Field> fields) {
    this.fields = List.copyOf(fields);
  }

  /** No fields. */
  public static HttpHeaders none() {
    return NONE;
  }

  /** Fields as a server sent them; those that HTTP does not allow are left out. */
  public static HttpHeaders received(Collection<Map.Entry<String, String>> fields) {
    return new HttpHeaders(
        fields.stream()
            .filter(field -> NAME.matcher(field.getKey()).matches())
            .filter(field -> VALUE.matcher(field.getValue()).matches())
            .map(field -> new Field(field.getKey(), field.getValue().strip()))
            .toList());
  }

  /**
   * These fields and one more at the end.
   *
   * @throws IllegalArgumentException when the name is no token (RFC 9110 section 5.6.2) or the
   *     value has characters that no field can have, such as line breaks (section 5.5)
   */
  public HttpHeaders with(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a field name");
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("not a value for the field " + name);
    }
    List<Field> more = new ArrayList<>(fields);
    more.add(new Field(name, value.strip()));
    return new HttpHeaders(more);
  }

  /** The value of the first field of a name. */
  public Optional<String> first(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .findFirst();
  }

  /** The values of all fields of a name, in order. */
  public List<String> all(String name) {
    return fields.stream()
        .filter(field -> field.name().equalsIgnoreCase(name))
        .map(Field::value)
        .toList();
  }

  /** Hands over all fields, name and value, in order. */
  public void forEach(BiConsumer<String, String> reader) {
    fields.forEach(field -> reader.accept(field.name(), field.value()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HttpHeaders headers && headers.fields.equals(fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    fields.forEach(field -> names.add(field.name()));
    return names.toString();
  }
}
