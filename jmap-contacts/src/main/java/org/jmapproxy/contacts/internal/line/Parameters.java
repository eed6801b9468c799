package org.jmapproxy.contacts.internal.line;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parameters of a content line, in their order, without their quotes. Names are in upper case;
 * the values of a name that occurs several times are one list. Immutable.
 */
public final class Parameters {

  private static final Parameters NONE = new Parameters(Map.of());

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /** No parameters. */
  public static Parameters none() {
    return NONE;
  }

  /** These and further values of a parameter. */
  public Parameters and(String name, List<String> more) {
    Map<String, List<String>> changed = new LinkedHashMap<>(values);
    List<String> all = new ArrayList<>(all(name));
    all.addAll(more);
    changed.put(name, List.copyOf(all));
    return new Parameters(Collections.unmodifiableMap(changed));
  }

  /** These and a further value of a parameter. */
  public Parameters and(String name, String value) {
    return and(name, List.of(value));
  }

  /** The first value of a parameter. */
  public Optional<String> first(String name) {
    return all(name).stream().findFirst();
  }

  /** All values of a parameter. */
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** Whether a parameter has a value, without regard to case. */
  public boolean has(String name, String value) {
    return all(name).stream().anyMatch(value::equalsIgnoreCase);
  }

  /** The names of the parameters. */
  public Set<String> names() {
    return values.keySet();
  }

  /** How many parameters there are. */
  public int size() {
    return values.size();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Parameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
