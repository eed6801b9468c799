package org.jmapproxy.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.server.config.ServerConfig;
import org.jmapproxy.server.metrics.ServerMetrics;

/** Makes the backends of a proxy once its data directory is open. */
@FunctionalInterface
public interface BackendFactory {

  /** The backends, given where they may keep data and what runs their work. */
  List<Backend> create(Surroundings surroundings);

  /**
   * What a backend is given.
   *
   * @param dataDirectory locked for this process
   * @param network runs what waits for mail servers; platform threads
   * @param storage runs what reads and writes files; platform threads
   * @param watchers makes threads that wait for news of one account
   * @param timer for short work at a later time
   * @param changes where changes are published
   * @param metrics where a backend may count what it does
   * @param clock the time
   * @param config the settings of the proxy
   */
  record Surroundings(
      Path dataDirectory,
      ExecutorService network,
      ExecutorService storage,
      ThreadFactory watchers,
      ScheduledExecutorService timer,
      ChangeBus changes,
      ServerMetrics metrics,
      Clock clock,
      ServerConfig config) {}
}
