package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which component of a structured property is of which kind. The basic ones are those of RFC 6350;
 * values of the others are repeated in a basic one, for applications that do not know RFC 9554.
 *
 * @param kinds by position
 * @param basicSize how many are basic
 * @param repeatedIn for a basic position those whose values it repeats
 * @param joined whether it repeats them as one text, in the order of the object
 */
record ComponentTable(
    List<String> kinds, int basicSize, Map<Integer, Set<Integer>> repeatedIn, boolean joined) {

  /** N (RFC 9555 Table 1). */
  static final ComponentTable NAME =
      new ComponentTable(
          List.of("surname", "given", "given2", "title", "credential", "surname2", "generation"),
          5,
          Map.of(0, Set.of(5), 4, Set.of(6)),
          false);

  /** ADR (RFC 9555 Table 2). */
  static final ComponentTable ADDRESS =
      new ComponentTable(
          List.of(
              "postOfficeBox",
              "apartment",
              "name",
              "locality",
              "region",
              "postcode",
              "country",
              "room",
              "apartment",
              "floor",
              "number",
              "name",
              "building",
              "block",
              "subdistrict",
              "district",
              "landmark",
              "direction"),
          7,
          Map.of(1, Set.of(7, 8, 9, 12), 2, Set.of(10, 11, 13, 14, 15, 16, 17)),
          true);

  int size() {
    return kinds.size();
  }

  String kind(int position) {
    return kinds.get(position);
  }

  /** Where values of a kind are written: the last place is the most exact one; -1 for none. */
  int position(String kind, boolean basic) {
    return basic ? kinds.indexOf(kind) : kinds.lastIndexOf(kind);
  }

  /** Whether a value is only there for applications that do not know the other components. */
  boolean isRepeated(int position, String text, List<List<String>> written) {
    Set<Integer> sources = repeatedIn.get(position);
    if (sources == null) {
      return false;
    }
    List<String> exact = new ArrayList<>();
    for (int source : sources) {
      if (source < written.size()) {
        written.get(source).stream().filter(value -> !value.isEmpty()).forEach(exact::add);
      }
    }
    return joined ? !exact.isEmpty() : exact.contains(text);
  }

  /** Adds the values of further components to the basic ones. */
  void repeat(List<Component> placed, List<List<String>> positions) {
    repeatedIn.forEach(
        (position, sources) -> {
          List<String> values =
              placed.stream()
                  .filter(component -> sources.contains(component.position()))
                  .map(Component::value)
                  .toList();
          if (joined && !values.isEmpty()) {
            positions.get(position).add(String.join(" ", values));
          } else {
            positions.get(position).addAll(values);
          }
        });
  }
}
