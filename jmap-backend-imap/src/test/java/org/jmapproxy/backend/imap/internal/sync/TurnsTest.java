package org.jmapproxy.backend.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final List<String> granted = new ArrayList<>();
  private final Turns turns = new Turns(2);

  @Test
  void turnsComeInTheOrderInWhichTheyWereAskedFor() {
    Turns.Turn first = turns.ask(() -> granted.add("first"));
    Turns.Turn second = turns.ask(() -> granted.add("second"));
    Turns.Turn third = turns.ask(() -> granted.add("third"));
    turns.ask(() -> granted.add("fourth"));
    assertThat(granted).containsExactly("first", "second");
    assertThat(third.isGranted()).isFalse();
    second.end();
    assertThat(granted).containsExactly("first", "second", "third");
    first.end();
    assertThat(granted).containsExactly("first", "second", "third", "fourth");
  }

  @Test
  void whoNoLongerWaitsIsPassedOver() {
    Turns.Turn first = turns.ask(() -> granted.add("first"));
    turns.ask(() -> granted.add("second"));
    Turns.Turn third = turns.ask(() -> granted.add("third"));
    turns.ask(() -> granted.add("fourth"));
    third.end();
    first.end();
    first.end();
    turns.ask(() -> granted.add("fifth"));
    assertThat(granted).containsExactly("first", "second", "fourth");
  }
}
