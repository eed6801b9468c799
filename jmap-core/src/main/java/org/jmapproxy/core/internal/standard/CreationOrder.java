package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.node.ObjectNode;

/** In which order the creations of one call can be made when they refer to each other. */
final class CreationOrder {

  private CreationOrder() {}

  /**
   * Groups of creation ids: an object refers only to objects of earlier groups. Those that refer to
   * each other in a circle are in the last group.
   */
  static List<List<String>> waves(DataType<?, ?, ?> type, Map<String, ObjectNode> requested) {
    if (requested.isEmpty()) {
      return List.of();
    }
    Map<String, Integer> missing = new LinkedHashMap<>();
    Map<String, List<String>> waiting = new LinkedHashMap<>();
    requested.forEach(
        (creationId, object) -> {
          Set<String> needed = references(type, object, requested.keySet());
          missing.put(creationId, needed.size());
          needed.forEach(
              other -> waiting.computeIfAbsent(other, o -> new ArrayList<>()).add(creationId));
        });
    List<List<String>> waves = new ArrayList<>();
    List<String> wave =
        missing.entrySet().stream()
            .filter(entry -> entry.getValue() == 0)
            .map(Map.Entry::getKey)
            .toList();
    while (!wave.isEmpty()) {
      waves.add(wave);
      List<String> next = new ArrayList<>();
      for (String creationId : wave) {
        missing.remove(creationId);
        for (String other : waiting.getOrDefault(creationId, List.of())) {
          if (missing.merge(other, -1, Integer::sum) == 0) {
            next.add(other);
          }
        }
      }
      wave = next;
    }
    if (!missing.isEmpty()) {
      waves.add(List.copyOf(missing.keySet()));
    }
    return waves;
  }

  private static Set<String> references(
      DataType<?, ?, ?> type, ObjectNode object, Set<String> creationIds) {
    Set<String> found = new HashSet<>();
    if (creationIds.size() > 1) {
      object.forEachEntry(
          (name, value) ->
              type.property(name)
                  .ifPresent(
                      property ->
                          property
                              .type()
                              .mapIds(
                                  value,
                                  id -> {
                                    if (id.startsWith("#")
                                        && creationIds.contains(id.substring(1))) {
                                      found.add(id.substring(1));
                                    }
                                    return id;
                                  })));
    }
    return found;
  }
}
