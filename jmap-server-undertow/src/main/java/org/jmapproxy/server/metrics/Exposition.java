package org.jmapproxy.server.metrics;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Renders families of samples as exposition text 0.0.4. HELP and TYPE carry the bare name; the
 * sample of a counter ends in {@code _total}. A family without samples is left out.
 */
final class Exposition {

  private final StringBuilder text = new StringBuilder();

  enum Kind {
    COUNTER,
    GAUGE
  }

  /** One value; labels in the order in which they are to be shown. */
  record Sample(Optional<Map.Entry<String, String>> label, long value) {
    static List<Sample> of(long value) {
      return List.of(new Sample(Optional.empty(), value));
    }
  }

  void family(String name, Kind kind, String help, List<Sample> samples) {
    if (samples.isEmpty()) {
      return;
    }
    if (!text.isEmpty()) {
      text.append('\n');
    }
    boolean counter = kind == Kind.COUNTER;
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(counter ? " counter\n" : " gauge\n");
    for (Sample sample : samples) {
      text.append(name).append(counter ? "_total" : "");
      sample.label().ifPresent(label -> append(label.getKey(), label.getValue()));
      text.append(' ').append(sample.value()).append('\n');
    }
  }

  private void append(String label, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    text.append('{').append(label).append("=\"").append(escaped).append("\"}");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
