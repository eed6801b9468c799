package org.jmapproxy.core.backend;

import java.time.Instant;
import java.util.Optional;

/**
 * How far an account's synchronisation is.
 *
 * @param phase what it is doing
 * @param folders folders known
 * @param messages distinct messages known
 * @param expectedMessages messages that the server holds, as far as known; 0 when not known
 * @param lastSync when everything was last found in step with the server
 * @param error the last failure, in words for the operator, without secrets; gone after a success
 */
public record SyncStatus(
    Phase phase,
    int folders,
    long messages,
    long expectedMessages,
    Optional<Instant> lastSync,
    Optional<String> error) {

  /** What an account is doing. */
  public enum Phase {
    /** Nothing yet. */
    NEW,
    /** Reading everything for the first time. */
    FIRST_SYNC,
    /** In step with the server and watching it. */
    LIVE,
    /** In step when last seen; nobody needs it now. */
    SLEEPING,
    /** The server cannot be reached; trying again. */
    UNREACHABLE,
    /** The server refuses the credentials; waiting for new ones. */
    AUTHENTICATION_FAILED
  }

  /** The state of an account that was never opened. */
  public static SyncStatus unknown() {
    return new SyncStatus(Phase.NEW, 0, 0, 0, Optional.empty(), Optional.empty());
  }
}
