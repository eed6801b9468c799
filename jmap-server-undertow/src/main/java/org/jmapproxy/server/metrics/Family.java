package org.jmapproxy.server.metrics;

import java.util.List;

/** The metrics that the management port shows, in its order. */
record Family(String name, String help) {

  static final List<Family> GAUGES =
      List.of(
          new Family("jmap_uptime_seconds", "Seconds since proxy process started"),
          new Family("jmap_backend_workers_active", "Active per-account backend worker processes"),
          new Family("jmap_backend_queue_depth", "Requests waiting for a worker"),
          new Family("jmap_sse_connections_active", "Open event streams"),
          new Family("jmap_backfilling_accounts", "Accounts in their first sync"),
          new Family("jmap_syncs_running", "Accounts being compared with their servers now"),
          new Family("jmap_imap_connections", "Open connections to mail servers"),
          new Family("jmap_folders", "Folders in all replicas"),
          new Family("jmap_messages", "Messages in all replicas"),
          new Family("jmap_auth_cache_entries", "Remembered logins"),
          new Family("jmap_push_subscriptions", "Push subscriptions of clients"));

  static final List<Family> COUNTERS =
      List.of(
          new Family("jmap_http_requests", "HTTP requests received on the JMAP port"),
          new Family("jmap_mgmt_requests", "HTTP requests received on the management port"),
          new Family("jmap_method_calls", "JMAP method calls dispatched"),
          new Family("jmap_method_errors", "JMAP method calls answered with an error"),
          new Family("jmap_backend_requests", "Requests made to account backends"),
          new Family("jmap_backend_errors", "Requests to account backends that failed"),
          new Family("jmap_messages_synced", "Messages read from mail servers into replicas"),
          new Family("jmap_push_delivered", "Messages that push services took"),
          new Family("jmap_push_slowed", "Messages answered with: too many"),
          new Family("jmap_push_gone", "Subscriptions that push services did not know"),
          new Family("jmap_push_failed", "Messages that push services did not take"),
          new Family("jmap_auth_cache_hits", "Logins answered from memory"),
          new Family(
              "jmap_auth_cache_misses", "Logins checked against the stored secret or the server"));
}
