package org.jmapproxy.server.metrics;

import com.codahale.metrics.Counter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.method.CallObserver;

/**
 * Counts method calls. Calls that only core answers touch no account; an error that is not the
 * client's fault is the backend's.
 */
public final class CallMetrics implements CallObserver {

  private static final Set<String> BACKEND_ERRORS =
      Set.of("serverFail", "serverUnavailable", "serverPartialFail");

  private final Counter calls;
  private final Counter errors;
  private final Counter backendCalls;
  private final Counter backendErrors;

  /** Counts into these metrics. */
  public CallMetrics(ServerMetrics metrics) {
    this.calls = metrics.counter("jmap_method_calls");
    this.errors = metrics.counter("jmap_method_errors");
    this.backendCalls = metrics.counter("jmap_backend_requests");
    this.backendErrors = metrics.counter("jmap_backend_errors");
  }

  @Override
  public void answered(String method, Optional<String> error, Duration duration) {
    calls.inc();
    error.ifPresent(type -> errors.inc());
    if (!method.startsWith("Core/") && !error.filter("unknownMethod"::equals).isPresent()) {
      backendCalls.inc();
      error.filter(BACKEND_ERRORS::contains).ifPresent(type -> backendErrors.inc());
    }
  }
}
