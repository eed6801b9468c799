package org.jmapproxy.server;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.server.config.ServerConfig;

/** Makes the backends of a proxy once its data directory is open. */
@FunctionalInterface
public interface BackendFactory {

  /** The backends, given where they may keep data and what runs their work. */
  List<Backend> create(Surroundings surroundings);

  /**
   * What a backend is given.
   *
   * @param dataDirectory locked for this process
   * @param executor for work that waits for the network; shut down after the backends are closed
   * @param clock the time
   * @param config the settings of the proxy
   */
  record Surroundings(
      Path dataDirectory, ExecutorService executor, Clock clock, ServerConfig config) {}
}
