package org.jmapproxy.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.core.error.RequestException;
import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

  @Test
  void nothingIsKeptAboutPrincipalsWhoAreDone() {
    ConcurrencyLimit limit = new ConcurrencyLimit("test", 2, Duration.ZERO);

    for (int i = 0; i < 100; i++) {
      limit.during("principal" + i, () -> "done");
    }

    assertThat(limit.principals()).isZero();
  }

  @Test
  void nothingIsKeptAfterRefusalsAndFailures() {
    ConcurrencyLimit limit = new ConcurrencyLimit("test", 1, Duration.ZERO);

    limit.during(
        "jane",
        () -> {
          assertThatThrownBy(() -> limit.during("jane", () -> "refused"))
              .isInstanceOf(RequestException.class);
          return "done";
        });
    assertThatThrownBy(
            () ->
                limit.during(
                    "jane",
                    () -> {
                      throw new IllegalStateException("failed");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(limit.principals()).isZero();
  }

  @Test
  void onePrincipalDoesNotHinderAnother() {
    ConcurrencyLimit limit = new ConcurrencyLimit("test", 1, Duration.ZERO);

    String inner = limit.during("jane", () -> limit.during("joe", () -> "both"));

    assertThat(inner).isEqualTo("both");
  }

  @Test
  void neverMoreThanTheLimitWorkAtATime() throws Exception {
    ConcurrencyLimit limit = new ConcurrencyLimit("test", 3, Duration.ofSeconds(20));
    AtomicInteger working = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      all.add(
          CompletableFuture.supplyAsync(
              () ->
                  limit.during(
                      "jane",
                      () -> {
                        most.accumulateAndGet(working.incrementAndGet(), Math::max);
                        Thread.onSpinWait();
                        return working.decrementAndGet();
                      })));
    }
    for (CompletableFuture<Integer> one : all) {
      assertThat(one.get(20, TimeUnit.SECONDS)).isNotNull();
    }

    assertThat(most.get()).isBetween(1, 3);
    assertThat(limit.principals()).isZero();
  }
}
