package org.jmapproxy.backend.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StirringsTest {
  private final Stirrings stirrings = new Stirrings();

  @Test
  void aServerThatMakesUpNamesDoesNotFillTheMemory() {
    int refused = 0;
    for (int i = 0; i < 50_000; i++) {
      refused += stirrings.add("Folder " + i) ? 0 : 1;
    }
    assertThat(refused).as("each begins with nothing remembered").isBetween(3, 5);
  }

  @Test
  void theSameNameAgainTakesNoRoom() {
    for (int i = 0; i < 50_000; i++) {
      assertThat(stirrings.add("INBOX")).isTrue();
    }
  }

  @Test
  void anEnormousNameIsNotRemembered() {
    assertThat(stirrings.add("x".repeat(100_000))).isFalse();
  }

  /** It came between the last listing and the watch. */
  @Test
  void aMailboxThatIsNoFolderIsWorthOneLook() {
    stirrings.add("New");
    assertThat(stirrings.take(List.of())).isEmpty();
    assertThat(stirrings.hasMetStranger()).isTrue();
    assertThat(stirrings.hasMetStranger()).isFalse();

    stirrings.add("New");
    stirrings.take(List.of());
    assertThat(stirrings.hasMetStranger()).as("no listing shows it").isFalse();
  }
}
