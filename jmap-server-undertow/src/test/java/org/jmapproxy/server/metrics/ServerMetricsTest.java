package org.jmapproxy.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  private static final Instant START = Instant.parse("2026-05-12T10:00:00Z");

  @Test
  void theExpositionHasTheShapeOfTheContract() {
    AtomicLong passed = new AtomicLong();
    ServerMetrics metrics = new ServerMetrics(() -> START.plusSeconds(passed.get()));
    metrics.gauge("jmap_backend_workers_active", () -> 2);
    metrics.counter("jmap_http_requests").inc(4182);
    passed.set(3600);
    Map<String, Instant> lastSyncs =
        new TreeMap<>(Map.of("alice", START.plusSeconds(3572), "bob", START.plusSeconds(3588)));
    String text = metrics.expose(() -> lastSyncs);
    assertThat(text)
        .contains(
            """
            # HELP jmap_uptime_seconds Seconds since proxy process started
            # TYPE jmap_uptime_seconds gauge
            jmap_uptime_seconds 3600

            # HELP jmap_backend_workers_active Active per-account backend worker processes
            # TYPE jmap_backend_workers_active gauge
            jmap_backend_workers_active 2
            """)
        .contains(
            """

            # HELP jmap_http_requests HTTP requests received on the JMAP port
            # TYPE jmap_http_requests counter
            jmap_http_requests_total 4182
            """)
        .endsWith(
            """

            # HELP jmap_account_last_sync_age_seconds Seconds since last successful sync per account
            # TYPE jmap_account_last_sync_age_seconds gauge
            jmap_account_last_sync_age_seconds{accountid="alice"} 28
            jmap_account_last_sync_age_seconds{accountid="bob"} 12
            """);
  }

  @Test
  void everyMetricOfTheListIsShownFromTheStart() {
    String text = new ServerMetrics(() -> START).expose(Map::of);
    assertThat(text.lines().filter(line -> line.startsWith("# TYPE")))
        .containsExactly(
            "# TYPE jmap_uptime_seconds gauge",
            "# TYPE jmap_backend_workers_active gauge",
            "# TYPE jmap_backend_queue_depth gauge",
            "# TYPE jmap_sse_connections_active gauge",
            "# TYPE jmap_backfilling_accounts gauge",
            "# TYPE jmap_syncs_running gauge",
            "# TYPE jmap_imap_connections gauge",
            "# TYPE jmap_folders gauge",
            "# TYPE jmap_messages gauge",
            "# TYPE jmap_auth_cache_entries gauge",
            "# TYPE jmap_push_subscriptions gauge",
            "# TYPE jmap_http_requests counter",
            "# TYPE jmap_mgmt_requests counter",
            "# TYPE jmap_method_calls counter",
            "# TYPE jmap_method_errors counter",
            "# TYPE jmap_backend_requests counter",
            "# TYPE jmap_backend_errors counter",
            "# TYPE jmap_messages_synced counter",
            "# TYPE jmap_push_delivered counter",
            "# TYPE jmap_push_slowed counter",
            "# TYPE jmap_push_gone counter",
            "# TYPE jmap_push_failed counter",
            "# TYPE jmap_auth_cache_hits counter",
            "# TYPE jmap_auth_cache_misses counter");
    assertThat(text).doesNotContain("last_sync_age");
  }

  @Test
  void failedSynchronisationsAreCountedByKind() {
    ServerMetrics metrics = new ServerMetrics(() -> START);
    metrics.syncFailed("unavailable");
    metrics.syncFailed("authentication_lost");
    metrics.syncFailed("unavailable");
    assertThat(metrics.expose(Map::of))
        .contains(
            """
            # TYPE jmap_sync_failures counter
            jmap_sync_failures_total{reason="authentication_lost"} 1
            jmap_sync_failures_total{reason="unavailable"} 2
            """);
  }
}
