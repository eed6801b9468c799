package org.jmapproxy.examples.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Durations of repeated runs. */
final class Timings {

  /** Something that is measured. */
  @FunctionalInterface
  interface Action {
    /** Does it once. */
    void run() throws Exception;
  }

  private final long[] nanos;

  private Timings(long[] nanos) {
    this.nanos = nanos;
    Arrays.sort(nanos);
  }

  /** Runs an action, first some times unmeasured, then measured. */
  static Timings of(int warmUp, int runs, Action action) throws Exception {
    for (int i = 0; i < warmUp; i++) {
      action.run();
    }
    long[] nanos = new long[runs];
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      action.run();
      nanos[i] = System.nanoTime() - start;
    }
    return new Timings(nanos);
  }

  double medianMillis() {
    return nanos[nanos.length / 2] / 1e6;
  }

  double p95Millis() {
    return nanos[(int) (nanos.length * 0.95)] / 1e6;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "median %.2f ms, p95 %.2f ms", medianMillis(), p95Millis());
  }
}
