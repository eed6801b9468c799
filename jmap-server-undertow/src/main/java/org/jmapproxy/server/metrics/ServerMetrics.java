package org.jmapproxy.server.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jmapproxy.server.metrics.Exposition.Sample;

/**
 * What the process counts, in one registry, and its text exposition. Thread-safe. Gauges are
 * registered once, by whoever knows their value.
 */
public final class ServerMetrics {

  /** The media type of {@link #expose}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String LAST_SYNC_AGE = "jmap_account_last_sync_age_seconds";
  private static final String SYNC_FAILURES = "jmap_sync_failures";

  private final MetricRegistry registry = new MetricRegistry();
  private final Map<String, Counter> failures = new ConcurrentSkipListMap<>();
  private final InstantSource clock;
  private final Instant started;

  /** Starts counting; {@code clock} tells the uptime and ages. */
  public ServerMetrics(InstantSource clock) {
    this.clock = clock;
    this.started = clock.instant();
    Family.COUNTERS.forEach(family -> registry.counter(family.name()));
    gauge("jmap_uptime_seconds", this::uptimeSeconds);
  }

  /** The counter of this name, as the management port shows it without suffix. */
  public Counter counter(String name) {
    return registry.counter(name);
  }

  /**
   * Registers the value behind a gauge that the management port shows; a second registration is
   * refused.
   */
  public void gauge(String name, LongSupplier value) {
    registry.register(name, (Gauge<Long>) value::getAsLong);
  }

  /** Counts a synchronisation that failed, by kind. */
  public void syncFailed(String reason) {
    failures.computeIfAbsent(reason, kind -> registry.counter(SYNC_FAILURES + "." + kind)).inc();
  }

  /** The registry, for those who add metrics of their own or report them elsewhere. */
  public MetricRegistry registry() {
    return registry;
  }

  /** Seconds since the start. */
  public long uptimeSeconds() {
    return Duration.between(started, clock.instant()).toSeconds();
  }

  /** All metrics as text; {@code lastSyncs} gives the time of the last good sync per account. */
  public String expose(Supplier<Map<String, Instant>> lastSyncs) {
    Exposition exposition = new Exposition();
    for (Family family : Family.GAUGES) {
      exposition.family(
          family.name(),
          Exposition.Kind.GAUGE,
          family.help(),
          Sample.of(gaugeValue(family.name())));
    }
    for (Family family : Family.COUNTERS) {
      exposition.family(
          family.name(),
          Exposition.Kind.COUNTER,
          family.help(),
          Sample.of(counter(family.name()).getCount()));
    }
    exposition.family(
        SYNC_FAILURES, Exposition.Kind.COUNTER, "Synchronisations that failed", failures());
    exposition.family(
        LAST_SYNC_AGE,
        Exposition.Kind.GAUGE,
        "Seconds since last successful sync per account",
        ages(lastSyncs.get()));
    return exposition.toString();
  }

  private long gaugeValue(String name) {
    Gauge<?> gauge = registry.getGauges().get(name);
    return gauge != null && gauge.getValue() instanceof Long value ? value : 0;
  }

  private List<Sample> failures() {
    return failures.entrySet().stream()
        .map(
            failure ->
                new Sample(
                    Optional.of(Map.entry("reason", failure.getKey())),
                    failure.getValue().getCount()))
        .toList();
  }

  private List<Sample> ages(Map<String, Instant> lastSyncs) {
    Instant now = clock.instant();
    List<Sample> samples = new ArrayList<>();
    lastSyncs.forEach(
        (accountId, at) ->
            samples.add(
                new Sample(
                    Optional.of(Map.entry("accountid", accountId)),
                    Math.max(0, Duration.between(at, now).toSeconds()))));
    return samples;
  }
}
