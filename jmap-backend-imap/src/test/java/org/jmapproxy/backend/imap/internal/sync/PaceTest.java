package org.jmapproxy.backend.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jmapproxy.backend.imap.testkit.ManualTime;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final ManualTime time = new ManualTime();
  private int done;
  private boolean begins;
  private final Pace pace = new Pace(time, time.clock(), 3, Duration.ofSeconds(10), this::doIt);

  @Test
  void someTimesInARowNeedNotWait() {
    for (int i = 1; i <= 3; i++) {
      askAndDo();
      assertThat(done).isEqualTo(i);
    }
    askAndDo();
    assertThat(done).isEqualTo(3);
    time.pass(Duration.ofSeconds(10));
    assertThat(done).isEqualTo(4);
  }

  @Test
  void whatIsAskedForAgainBeforeItBeginsIsDoneOnce() {
    for (int i = 0; i < 100; i++) {
      pace.ask();
    }
    assertThat(done).isEqualTo(1);
  }

  @Test
  void whoeverAsksWithoutEndIsServedAtEvenIntervals() {
    begins = true;
    for (int second = 0; second < 600; second++) {
      pace.ask();
      time.pass(Duration.ofSeconds(1));
    }
    assertThat(done).isBetween(55, 65);
  }

  @Test
  void aQuietTimeGivesTheCreditBack() {
    for (int i = 0; i < 3; i++) {
      askAndDo();
    }
    time.pass(Duration.ofMinutes(5));
    for (int i = 0; i < 3; i++) {
      askAndDo();
    }
    assertThat(done).isEqualTo(6);
  }

  private void askAndDo() {
    begins = true;
    pace.ask();
  }

  private void doIt() {
    done++;
    if (begins) {
      pace.begun();
    }
  }
}
