package org.jmapproxy.core.internal.registry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jmapproxy.core.JmapModule;

/** What modules declare of one kind; a name twice is refused with the names of both modules. */
final class Declarations<T> {

  private final String kind;
  private final Map<String, T> byName = new LinkedHashMap<>();
  private final Map<String, String> declaredBy = new LinkedHashMap<>();

  Declarations(String kind) {
    this.kind = kind;
  }

  void add(String name, T declaration, JmapModule module) {
    String declarer = module.getClass().getName();
    String earlier = declaredBy.putIfAbsent(name, declarer);
    if (earlier != null) {
      throw new IllegalStateException(
          "the " + kind + " " + name + " is declared by " + earlier + " and by " + declarer);
    }
    byName.put(name, declaration);
  }

  void require(String name, String user) {
    if (!byName.containsKey(name)) {
      throw new IllegalStateException(
          user + " belongs to the " + kind + " " + name + ", which no module declares");
    }
  }

  Map<String, T> all() {
    return Collections.unmodifiableMap(byName);
  }
}
