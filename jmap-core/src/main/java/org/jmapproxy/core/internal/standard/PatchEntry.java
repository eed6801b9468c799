package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.core.json.JsonPath;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One member of a PatchObject.
 *
 * @param pointer as it was sent
 * @param keys the pointer's keys; the first is the property
 * @param value the new value, or null to remove
 */
record PatchEntry(String pointer, List<String> keys, JsonNode value) {

  /** Whether the property is replaced as a whole. */
  boolean isWhole() {
    return keys.size() == 1;
  }

  /**
   * The members by property.
   *
   * @throws InvalidPatchException when one pointer is the prefix of another
   */
  static Map<String, List<PatchEntry>> byProperty(ObjectNode patch) {
    Map<String, List<PatchEntry>> entries = new LinkedHashMap<>();
    Node root = new Node();
    patch.forEachEntry(
        (pointer, value) -> {
          refuseWrongEscapes(pointer);
          PatchEntry entry = new PatchEntry(pointer, JsonPath.keys(pointer), value);
          root.add(entry);
          entries.computeIfAbsent(entry.keys().get(0), name -> new ArrayList<>()).add(entry);
        });
    return entries;
  }

  private static void refuseWrongEscapes(String pointer) {
    for (int i = pointer.indexOf('~'); i >= 0; i = pointer.indexOf('~', i + 1)) {
      char next = i + 1 < pointer.length() ? pointer.charAt(i + 1) : ' ';
      if (next != '0' && next != '1') {
        throw new InvalidPatchException(pointer + " is not a JSON pointer");
      }
    }
  }

  /** The tree of all pointers, to find prefixes. */
  private static final class Node {

    private final Map<String, Node> children = new HashMap<>();
    private boolean end;

    void add(PatchEntry entry) {
      Node node = this;
      for (String key : entry.keys()) {
        node = node.children.computeIfAbsent(key, k -> new Node());
        if (node.end) {
          throw conflict(entry);
        }
      }
      if (!node.children.isEmpty()) {
        throw conflict(entry);
      }
      node.end = true;
    }

    private static InvalidPatchException conflict(PatchEntry entry) {
      return new InvalidPatchException(entry.pointer() + " overlaps with another pointer");
    }
  }
}
