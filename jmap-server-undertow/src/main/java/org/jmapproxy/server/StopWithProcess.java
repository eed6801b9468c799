package org.jmapproxy.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Stops a proxy when its process is asked to end. It listens from before the start, so that a
 * process told to end at its very first moment ends just as cleanly.
 */
final class StopWithProcess {

  private final CompletableFuture<Optional<ProxyServer>> outcome = new CompletableFuture<>();

  private StopWithProcess() {}

  /** Starts a proxy that SIGTERM and SIGINT stop; what the start throws is thrown here. */
  static void started(Supplier<ProxyServer> start) {
    StopWithProcess stop = new StopWithProcess();
    Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "stop"));
    try {
      stop.outcome.complete(Optional.of(start.get()));
    } finally {
      stop.outcome.complete(Optional.empty());
    }
  }

  /** Ends with exit code 0: being asked to stop is no failure. A failed start keeps its own. */
  private void run() {
    outcome
        .join()
        .ifPresent(
            server -> {
              server.close();
              Runtime.getRuntime().halt(0);
            });
  }
}
