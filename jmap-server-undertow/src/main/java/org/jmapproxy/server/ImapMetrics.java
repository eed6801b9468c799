package org.jmapproxy.server;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.observer.SyncObserver;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.server.metrics.ServerMetrics;

/** Counts what the synchronisation with mail servers does. */
final class ImapMetrics implements SyncObserver {

  private final ServerMetrics metrics;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger synchronising = new AtomicInteger();

  ImapMetrics(ServerMetrics metrics) {
    this.metrics = metrics;
    metrics.gauge("jmap_imap_connections", connections::get);
    metrics.gauge("jmap_syncs_running", synchronising::get);
  }

  @Override
  public void connections(int change) {
    connections.addAndGet(change);
  }

  @Override
  public void synchronising(int change) {
    synchronising.addAndGet(change);
  }

  @Override
  public void messagesStored(int count) {
    metrics.counter("jmap_messages_synced").inc(count);
  }

  @Override
  public void failed(BackendException.Reason reason) {
    metrics.syncFailed(reason.name().toLowerCase(Locale.ROOT));
  }
}
