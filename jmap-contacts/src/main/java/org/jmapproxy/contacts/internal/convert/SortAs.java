package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.internal.line.Text;

/** The parameter SORT-AS, one text for each component (RFC 6350 section 5.9). */
final class SortAs {

  private SortAs() {}

  static List<String> read(ParameterCursor parameters) {
    List<String> values = parameters.takeAll("SORT-AS");
    return values.isEmpty()
        ? List.of()
        : Text.split(String.join(",", values), ',').stream()
            .map(Text::unescape)
            .map(String::strip)
            .toList();
  }

  /** Up to the last component that has a text. */
  static Optional<String> write(List<String> texts) {
    int size = texts.size();
    while (size > 0 && texts.get(size - 1).isEmpty()) {
      size--;
    }
    return size == 0 ? Optional.empty() : Optional.of(Text.joinList(texts.subList(0, size)));
  }
}
