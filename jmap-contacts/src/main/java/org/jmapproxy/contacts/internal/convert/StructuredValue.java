package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The components of a name or an address: structured in vCard, an array in JSContact, with their
 * order in JSCOMPS (RFC 9555 sections 2.5.5, 2.6.1 and 3.3.1).
 */
final class StructuredValue {

  private final ComponentTable table;

  StructuredValue(ComponentTable table) {
    this.table = table;
  }

  /** The values of a property from left to right, but for those that only repeat others. */
  List<Component> components(String value) {
    List<List<String>> written = Text.components(value);
    List<Component> found = new ArrayList<>();
    for (int position = 0; position < Math.min(written.size(), table.size()); position++) {
      List<String> values = written.get(position);
      for (int index = 0; index < values.size(); index++) {
        String text = values.get(index);
        if (!text.isEmpty() && !table.isRepeated(position, text, written)) {
          found.add(new Component(table.kind(position), text, position, index));
        }
      }
    }
    return found;
  }

  /** Sets {@code components}, and their order if the line tells it; false if there are none. */
  boolean read(ContentLine line, ParameterCursor parameters, ObjectNode object) {
    List<Component> components = components(line.value());
    if (components.isEmpty()) {
      return false;
    }
    Optional<Order> order =
        parameters.take("JSCOMPS").flatMap(text -> Order.parse(text, components));
    ArrayNode array = object.putArray("components");
    if (order.isPresent()) {
      order.get().entries().forEach(array::add);
      object.put("isOrdered", true);
      order.get().separator().ifPresent(text -> object.put("defaultSeparator", text));
    } else {
      components.forEach(component -> array.add(json(component.kind(), component.value())));
    }
    return true;
  }

  private static ObjectNode json(String kind, String value) {
    return Members.JSON.objectNode().put("kind", kind).put("value", value);
  }

  /**
   * Where the components of a JSContact object go in the property.
   *
   * @param basic whether those of RFC 6350 are to be used, if they will do
   */
  List<Component> placed(ObjectNode object, boolean basic) {
    boolean onlyBasic = basic && hasBasicKindsOnly(object);
    int[] next = new int[table.size()];
    List<Component> placed = new ArrayList<>();
    for (JsonNode node : object.path("components")) {
      if (node.isObject()) {
        String kind = Members.string(node.asObject(), "kind").orElse("");
        String value = Members.string(node.asObject(), "value").orElse("");
        int position = value.isEmpty() ? -1 : table.position(kind, onlyBasic);
        placed.add(new Component(kind, value, position, position < 0 ? 0 : next[position]++));
      }
    }
    return placed;
  }

  private boolean hasBasicKindsOnly(ObjectNode object) {
    for (JsonNode component : object.path("components")) {
      String kind = component.path("kind").asString("");
      if (table.position(kind, true) >= table.basicSize()) {
        return false;
      }
    }
    return true;
  }

  /** Writes the value, and JSCOMPS if the components are ordered; false if there are none. */
  boolean write(ObjectNode object, LineDraft line, boolean basic, boolean allPositions) {
    List<Component> placed = placed(object, basic);
    if (placed.stream().noneMatch(component -> component.position() >= 0)) {
      return false;
    }
    if (object.path("isOrdered").asBoolean(false)) {
      line.set("JSCOMPS", Order.write(placed, Members.string(object, "defaultSeparator")));
    }
    line.value(value(placed, allPositions));
    return true;
  }

  /** The components as a value, with the repetitions that older applications read. */
  String value(List<Component> placed, boolean allPositions) {
    List<List<String>> positions = new ArrayList<>();
    for (int i = 0; i < table.size(); i++) {
      positions.add(new ArrayList<>());
    }
    for (Component component : placed) {
      if (component.position() >= 0) {
        List<String> values = positions.get(component.position());
        while (values.size() <= component.index()) {
          values.add("");
        }
        values.set(component.index(), component.value());
      }
    }
    boolean extended =
        positions.subList(table.basicSize(), table.size()).stream().anyMatch(v -> !v.isEmpty());
    if (extended) {
      table.repeat(placed, positions);
    }
    int size = allPositions || extended ? table.size() : table.basicSize();
    return Text.joinComponents(positions.subList(0, size));
  }

  /** The components in the order of JSCOMPS. */
  private record Order(Optional<String> separator, List<ObjectNode> entries) {

    static Optional<Order> parse(String text, List<Component> components) {
      List<String> items = Text.split(text, ';');
      Optional<String> separator = Optional.empty();
      if (!items.get(0).isEmpty()) {
        if (!items.get(0).startsWith("s,")) {
          return Optional.empty();
        }
        separator = Optional.of(Text.unescape(items.get(0).substring(2)));
      }
      List<ObjectNode> entries = new ArrayList<>();
      Set<Component> seen = new HashSet<>();
      for (String item : items.subList(1, items.size())) {
        if (item.startsWith("s,")) {
          entries.add(json("separator", Text.unescape(item.substring(2))));
        } else {
          Optional<Component> component =
              components.stream().filter(c -> position(c).equals(item.strip())).findFirst();
          if (component.isEmpty() || !seen.add(component.get())) {
            return Optional.empty();
          }
          entries.add(json(component.get().kind(), component.get().value()));
        }
      }
      return seen.size() == components.size()
          ? Optional.of(new Order(separator, entries))
          : Optional.empty();
    }

    static Optional<String> write(List<Component> placed, Optional<String> separator) {
      StringBuilder text = new StringBuilder();
      separator.ifPresent(s -> text.append("s,").append(Text.escape(s)));
      for (Component component : placed) {
        if (component.kind().equals("separator")) {
          text.append(";s,").append(Text.escape(component.value()));
        } else if (component.position() >= 0) {
          text.append(';').append(position(component));
        } else {
          return Optional.empty();
        }
      }
      return Optional.of(text.toString());
    }

    private static String position(Component component) {
      return component.index() == 0
          ? String.valueOf(component.position())
          : component.position() + "," + component.index();
    }
  }
}
