package org.jmapproxy.core.internal.standard;

import java.util.UUID;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.SetError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the owner of an object is told when writing it was broken off. */
final class Failure {

  private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

  private Failure() {}

  static SetError toSetError(RuntimeException failure) {
    if (failure instanceof MethodException refused) {
      return SetError.of(
          refused.error().type(), refused.error().description().orElse("the object is refused"));
    }
    if (failure instanceof BackendException backend && backend.getMessage() != null) {
      return toSetError(backend.reason(), backend.getMessage(), backend);
    }
    return defect(failure);
  }

  private static SetError toSetError(
      BackendException.Reason reason, String message, BackendException failure) {
    return switch (reason) {
      case UNAVAILABLE, AUTHENTICATION_LOST -> SetError.serverUnavailable(message);
      case RATE_LIMITED -> SetError.rateLimit(message);
      case OVER_QUOTA -> SetError.overQuota(message);
      case GONE -> SetError.forbidden(message);
      case BROKEN -> defect(failure);
    };
  }

  private static SetError defect(RuntimeException failure) {
    return SetError.serverFail("internal error, reference " + log(failure));
  }

  /** Logs a defect. */
  static String log(RuntimeException failure) {
    String reference = UUID.randomUUID().toString();
    LOG.error("an object could not be written, reference {}", reference, failure);
    return reference;
  }
}
