package org.jmapproxy.core.internal.standard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.core.error.SetError;

/** All that is wrong with the properties of one object, for a single error. */
final class PropertyProblems {

  private static final int DESCRIBED = 10;

  private final List<String> names = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();

  void add(String name, String problem) {
    names.add(name);
    if (sentences.size() < DESCRIBED) {
      sentences.add(name + ": " + problem);
    }
  }

  Optional<SetError> error() {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(SetError.invalidProperties(String.join("; ", sentences), names));
  }
}
