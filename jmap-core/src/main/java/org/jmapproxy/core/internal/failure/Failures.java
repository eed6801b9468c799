package org.jmapproxy.core.internal.failure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import org.jmapproxy.core.error.SetError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the client is told about a failure: the only place where failures of backends, and defects,
 * become errors on the wire. A defect is logged under a reference that the client sees too, and
 * nothing else about it leaves the server.
 */
public final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * The error of one method call.
   *
   * @param what names the call in the log
   */
  public static MethodError toMethodError(Throwable failure, String what) {
    if (failure instanceof MethodException e) {
      return e.error();
    }
    if (failure instanceof BackendException e) {
      return switch (e.reason()) {
        case UNAVAILABLE, AUTHENTICATION_LOST, RATE_LIMITED ->
            MethodError.serverUnavailable(description(e));
        case GONE -> MethodError.accountNotFound();
        case OVER_QUOTA -> MethodError.of("overQuota", description(e));
        case BROKEN -> MethodError.serverFail(description(e) + " (reference " + log(e, what) + ")");
      };
    }
    return MethodError.serverFail("internal error, reference " + log(failure, what));
  }

  /**
   * The error of one object that could not be written or decoded.
   *
   * @param what names the action in the log
   */
  public static SetError toSetError(Throwable failure, String what) {
    if (failure instanceof MethodException e) {
      MethodError error = e.error();
      return new SetError(error.type(), error.description(), List.of(), error.members());
    }
    if (failure instanceof BackendException e) {
      return switch (e.reason()) {
        case UNAVAILABLE, AUTHENTICATION_LOST -> SetError.serverUnavailable(description(e));
        case RATE_LIMITED -> SetError.rateLimit(description(e));
        case OVER_QUOTA -> SetError.overQuota(description(e));
        case GONE -> SetError.forbidden(description(e));
        case BROKEN -> SetError.serverFail(description(e) + " (reference " + log(e, what) + ")");
      };
    }
    return SetError.serverFail("internal error, reference " + log(failure, what));
  }

  /**
   * The problem document when there is no method call to blame: uploads, downloads, sessions.
   *
   * @param what names the action in the log
   */
  public static RequestError toRequestError(Throwable failure, String what) {
    if (failure instanceof RequestException e) {
      return e.error();
    }
    if (failure instanceof BackendException e) {
      return switch (e.reason()) {
        case UNAVAILABLE, AUTHENTICATION_LOST -> RequestError.plain(503, description(e));
        case RATE_LIMITED -> RequestError.plain(429, description(e));
        case GONE -> RequestError.plain(404, "there is no such account");
        case OVER_QUOTA -> RequestError.plain(507, description(e));
        case BROKEN ->
            RequestError.plain(500, description(e) + " (reference " + log(e, what) + ")");
      };
    }
    return RequestError.plain(500, "internal error, reference " + log(failure, what));
  }

  private static String description(BackendException e) {
    return Objects.requireNonNullElse(e.getMessage(), "the account's backend failed");
  }

  /**
   * Logs a defect.
   *
   * @return the reference under which it stands in the log
   */
  public static String log(Throwable failure, String what) {
    String reference = Long.toString(ThreadLocalRandom.current().nextLong() >>> 16, 36);
    LOG.error("{} failed, reference {}", printable(what), reference, failure);
    return reference;
  }

  /** Names in it come from clients, who must not write lines of their own into the log. */
  private static String printable(String what) {
    String line = what.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }
}
