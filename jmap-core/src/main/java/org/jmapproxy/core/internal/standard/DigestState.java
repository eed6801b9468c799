package org.jmapproxy.core.internal.standard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.RenderContext;
import tools.jackson.databind.JsonNode;

/** The state of an account that cannot tell changes: a digest of all its objects. */
final class DigestState {

  private static final int LENGTH = 16;

  private DigestState() {}

  static <T> State of(DataType<T, ?, ?> type, List<T> objects, RenderContext context) {
    MessageDigest digest = sha256();
    objects.stream()
        .sorted(Comparator.comparing(type::idOf))
        .forEach(object -> digest.update(canonical(type, object, context)));
    byte[] bytes = Arrays.copyOf(digest.digest(), LENGTH);
    return State.of("d" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  private static <T> byte[] canonical(DataType<T, ?, ?> type, T object, RenderContext context) {
    StringBuilder text = new StringBuilder();
    for (Property<T> property : type.properties().values()) {
      if (!property.derived()) {
        append(text, property.renderer().render(object, context));
        text.append('\n');
      }
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The order of an object's members says nothing, so it must not matter here. */
  private static void append(StringBuilder text, JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> sorted = new TreeMap<>();
      node.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
      text.append('{');
      sorted.forEach(
          (name, value) -> {
            text.append(name.length()).append(':').append(name);
            append(text, value);
          });
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      node.forEach(item -> append(text.append(','), item));
      text.append(']');
    } else {
      text.append(node);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
