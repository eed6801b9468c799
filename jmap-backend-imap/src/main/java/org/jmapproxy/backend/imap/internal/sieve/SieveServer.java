package org.jmapproxy.backend.imap.internal.sieve;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ManageSieve server of an account: found out once whether there is one, and from then on
 * connected to for each piece of work, as scripts are rarely touched. Thread-safe.
 */
public final class SieveServer {
  private static final Logger LOG = LoggerFactory.getLogger(SieveServer.class);
  private static final String NOTE = "sieve.capabilities";
  private static final Duration ASK_AGAIN = Duration.ofHours(6);

  private final Supplier<List<SieveEndpoint>> endpoints;
  private final Credentials credentials;
  private final Notes notes;
  private final Clock clock;
  private Optional<SieveCapabilities> capabilities;
  private Optional<SieveEndpoint> reached = Optional.empty();
  private Instant askAfter = Instant.MIN;

  /**
   * Knows what the notes say.
   *
   * @param endpoints where the server may be; tried in their order
   */
  public SieveServer(
      Supplier<List<SieveEndpoint>> endpoints, Credentials credentials, Notes notes, Clock clock) {
    this.endpoints = endpoints;
    this.credentials = credentials;
    this.notes = notes;
    this.clock = clock;
    capabilities = notes.find(NOTE).map(SieveCapabilities::fromText);
  }

  /** What it announced when it was last reached; empty if there was never one. */
  public synchronized Optional<SieveCapabilities> capabilities() {
    return capabilities;
  }

  /** Looks, but not often, whether there is such a server and what it can do. */
  public void probe() {
    Instant now = clock.instant();
    synchronized (this) {
      if (now.isBefore(askAfter)) {
        return;
      }
      askAfter = now.plus(ASK_AGAIN);
    }
    try (SieveConnection connection = open()) {
      learn(connection.capabilities());
    } catch (SieveException e) {
      LOG.debug("No Sieve server: {}", e.getMessage());
    }
  }

  /** The next look looks, whatever was done lately. */
  public synchronized void forget() {
    askAfter = Instant.MIN;
  }

  /**
   * Does something on a connection.
   *
   * @throws SieveException of kind refused, when the server refuses a command
   * @throws BackendException when it cannot be reached
   */
  <T> T use(Function<SieveConnection, T> work) {
    try (SieveConnection connection = open()) {
      learn(connection.capabilities());
      return work.apply(connection);
    } catch (SieveException e) {
      if (e.kind() == SieveException.Kind.REFUSED) {
        throw e;
      }
      throw failure(e);
    }
  }

  /**
   * A connection that the caller closes.
   *
   * @throws BackendException when it cannot be reached
   */
  SieveConnection connect() {
    try {
      SieveConnection connection = open();
      learn(connection.capabilities());
      return connection;
    } catch (SieveException e) {
      throw failure(e);
    }
  }

  /** What a failure means for the whole of a call. */
  static BackendException failure(SieveException e) {
    Reason reason =
        switch (e.kind()) {
          case LOGIN -> Reason.AUTHENTICATION_LOST;
          case REFUSED, LOST -> Reason.UNAVAILABLE;
        };
    return new BackendException(reason, String.valueOf(e.getMessage()), e);
  }

  /** Where it was reached last; else wherever it is found. */
  private SieveConnection open() {
    Optional<SieveEndpoint> known = reached();
    if (known.isPresent()) {
      try {
        return SieveConnection.open(known.get(), credentials);
      } catch (SieveException e) {
        reached(Optional.empty());
        throw e;
      }
    }
    SieveException why = SieveException.login("Nothing tells where the Sieve server is");
    for (SieveEndpoint endpoint : endpoints.get()) {
      try {
        SieveConnection connection = SieveConnection.open(endpoint, credentials);
        reached(Optional.of(endpoint));
        return connection;
      } catch (SieveException e) {
        LOG.debug("No Sieve server at {}: {}", endpoint, e.getMessage(), e.getCause());
        why = e;
      }
    }
    throw why;
  }

  private synchronized Optional<SieveEndpoint> reached() {
    return reached;
  }

  private synchronized void reached(Optional<SieveEndpoint> endpoint) {
    reached = endpoint;
  }

  private synchronized void learn(SieveCapabilities found) {
    if (!Optional.of(found).equals(capabilities)) {
      capabilities = Optional.of(found);
      notes.put(NOTE, found.toText());
    }
  }
}
