package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.internal.line.ContentLine;

/**
 * Which lines say the same in other languages, or tell how it is pronounced (RFC 9555 sections
 * 2.3.1, 2.3.11 and 2.3.15).
 */
final class Alternatives {

  /**
   * What a line is to another one.
   *
   * @param main the index of that line
   * @param language what it is written in; for pronunciations it may be that of the card
   * @param phonetic whether it tells the pronunciation
   */
  record Alternative(int main, Optional<String> language, boolean phonetic) {}

  private final List<ContentLine> lines;
  private final Map<Integer, Alternative> found = new HashMap<>();
  private final Optional<String> language;

  Alternatives(List<ContentLine> lines, Set<String> singleProperties) {
    this.lines = lines;
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      ContentLine line = lines.get(i);
      Optional<String> altId = line.parameters().first("ALTID");
      if (singleProperties.contains(line.name())) {
        groups.computeIfAbsent(line.name(), key -> new ArrayList<>()).add(i);
      } else if (altId.isPresent()) {
        groups.computeIfAbsent(line.name() + " " + altId.get(), key -> new ArrayList<>()).add(i);
      }
    }
    List<List<Integer>> several =
        groups.values().stream().filter(group -> group.size() > 1).toList();
    language = declaredLanguage().or(() -> dominantLanguage(several));
    several.forEach(this::assign);
  }

  /** The language of the card: declared, or that of most lines if some are in several. */
  Optional<String> language() {
    return language;
  }

  /** What a line is to another one; empty for a line that speaks for itself. */
  Optional<Alternative> of(int index) {
    return Optional.ofNullable(found.get(index));
  }

  private Optional<String> declaredLanguage() {
    return lines.stream()
        .filter(line -> line.name().equals("LANGUAGE"))
        .map(line -> line.value().strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private Optional<String> dominantLanguage(List<List<Integer>> several) {
    boolean needed =
        several.stream().anyMatch(group -> group.stream().allMatch(i -> language(i).isPresent()));
    if (!needed) {
      return Optional.empty();
    }
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      language(i).ifPresent(tag -> counts.merge(tag.toLowerCase(Locale.ROOT), 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
        .map(Map.Entry::getKey);
  }

  private Optional<String> language(int index) {
    return lines.get(index).parameters().first("LANGUAGE").filter(tag -> !tag.isBlank());
  }

  private boolean isPhonetic(int index) {
    return lines.get(index).parameters().first("PHONETIC").isPresent();
  }

  private boolean isMainLanguage(int index) {
    return language(index).isEmpty()
        || language.filter(tag -> tag.equalsIgnoreCase(language(index).get())).isPresent();
  }

  private void assign(List<Integer> group) {
    List<Integer> spelled = group.stream().filter(i -> !isPhonetic(i)).toList();
    if (spelled.isEmpty()) {
      return;
    }
    int main =
        spelled.stream()
            .filter(i -> language(i).isEmpty())
            .findFirst()
            .or(() -> spelled.stream().filter(this::isMainLanguage).findFirst())
            .orElse(spelled.get(0));
    Set<String> seen = new HashSet<>();
    Set<String> spoken = new HashSet<>();
    for (int index : group) {
      Optional<String> tag = language(index);
      if (isPhonetic(index)) {
        if (spoken.add(tag.orElse("").toLowerCase(Locale.ROOT))) {
          found.put(index, new Alternative(main, tag, true));
        }
      } else if (index != main
          && !isMainLanguage(index)
          && seen.add(tag.orElse("").toLowerCase(Locale.ROOT))) {
        found.put(index, new Alternative(main, tag, false));
      }
    }
  }
}
