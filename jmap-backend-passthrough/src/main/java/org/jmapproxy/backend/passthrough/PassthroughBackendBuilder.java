package org.jmapproxy.backend.passthrough;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import org.jmapproxy.backend.passthrough.internal.Environment;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.push.ChangeBus;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link PassthroughBackend} needs. The data directory, the HTTP client, the
 * executor, the threads and the change bus have to be given. Not thread-safe.
 */
public final class PassthroughBackendBuilder {

  private @Nullable Path dataDirectory;
  private @Nullable OutboundHttp http;
  private @Nullable Executor executor;
  private @Nullable ThreadFactory watchers;
  private @Nullable ChangeBus changes;
  private Clock clock = Clock.systemUTC();
  private long maxResponseSize = 64L << 20;
  private Duration pollInterval = Duration.ofSeconds(30);

  PassthroughBackendBuilder() {}

  /** Where the sessions of upstreams are kept; must be there. */
  public PassthroughBackendBuilder dataDirectory(Path directory) {
    dataDirectory = directory;
    return this;
  }

  /** Asks upstreams. Decides which addresses may be asked. Closed with the backend. */
  public PassthroughBackendBuilder http(OutboundHttp client) {
    http = client;
    return this;
  }

  /** Runs short work that waits for upstreams. */
  public PassthroughBackendBuilder networkExecutor(Executor network) {
    executor = network;
    return this;
  }

  /** Makes a thread for each account whose changes somebody wants to hear of. */
  public PassthroughBackendBuilder watcherThreads(ThreadFactory threads) {
    watchers = threads;
    return this;
  }

  /** Where changes are published. */
  public PassthroughBackendBuilder changeBus(ChangeBus bus) {
    changes = bus;
    return this;
  }

  /** Another clock than the system's. */
  public PassthroughBackendBuilder clock(Clock source) {
    clock = source;
    return this;
  }

  /** The most octets that an upstream's answer to calls may have; 64 MiB if not given. */
  public PassthroughBackendBuilder maxResponseSize(long octets) {
    maxResponseSize = octets;
    return this;
  }

  /** Time between two looks at an upstream that sends no events; 30 s if not given. */
  public PassthroughBackendBuilder pollInterval(Duration interval) {
    pollInterval = interval;
    return this;
  }

  /** The backend. */
  public PassthroughBackend build() {
    return new PassthroughBackend(
        new Environment(
            Objects.requireNonNull(dataDirectory, "dataDirectory"),
            Objects.requireNonNull(http, "http"),
            Objects.requireNonNull(executor, "networkExecutor"),
            Objects.requireNonNull(watchers, "watcherThreads"),
            Objects.requireNonNull(changes, "changeBus"),
            clock,
            maxResponseSize,
            pollInterval));
  }
}
