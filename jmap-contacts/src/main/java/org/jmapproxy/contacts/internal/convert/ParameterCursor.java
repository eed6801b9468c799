package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jmapproxy.contacts.internal.line.ContentLine;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of a line that no rule has taken yet. */
final class ParameterCursor {

  /** They say how the value is written, which is seen from the converted value. */
  private static final Set<String> FORM = Set.of("VALUE", "ENCODING", "CHARSET", "PROP-ID");

  private final Map<String, List<String>> left = new LinkedHashMap<>();
  private final Optional<String> group;

  ParameterCursor(ContentLine line) {
    group = line.group();
    for (String name : line.parameters().names()) {
      if (!FORM.contains(name)) {
        left.put(name, new ArrayList<>(line.parameters().all(name)));
      }
    }
  }

  /** Takes a parameter that has one value. */
  Optional<String> take(String name) {
    return take(name, value -> true);
  }

  /** Takes a parameter that has one value, if the value will do. */
  Optional<String> take(String name, Predicate<String> fits) {
    List<String> values = left.getOrDefault(name, List.of());
    if (values.size() != 1 || !fits.test(values.get(0))) {
      return Optional.empty();
    }
    left.remove(name);
    return Optional.of(values.get(0));
  }

  /** Takes all values of a parameter. */
  List<String> takeAll(String name) {
    List<String> values = left.remove(name);
    return values == null ? List.of() : values;
  }

  /** Takes one of the values of TYPE. */
  boolean takeType(String value) {
    List<String> types = left.getOrDefault("TYPE", new ArrayList<>());
    boolean found = types.removeIf(value::equalsIgnoreCase);
    if (found && types.isEmpty()) {
      left.remove("TYPE");
    }
    return found;
  }

  /** Whether a parameter is left. */
  boolean has(String name) {
    return left.containsKey(name);
  }

  /** Keeps what nobody took, and the group, as {@code vCardParams} (RFC 9555 section 2.15.2). */
  void keepRest(ObjectNode entry) {
    if (left.isEmpty() && group.isEmpty()) {
      return;
    }
    ObjectNode kept = entry.putObject("vCardParams");
    group.ifPresent(name -> kept.put("group", name));
    left.forEach((name, values) -> put(kept, name.toLowerCase(Locale.ROOT), values));
  }

  static void put(ObjectNode parameters, String name, List<String> values) {
    if (values.size() == 1) {
      parameters.put(name, values.get(0));
    } else {
      ArrayNode list = parameters.putArray(name);
      values.forEach(list::add);
    }
  }
}
