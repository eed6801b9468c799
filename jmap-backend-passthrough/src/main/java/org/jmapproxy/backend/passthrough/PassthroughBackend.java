package org.jmapproxy.backend.passthrough;

import java.util.Optional;
import org.jmapproxy.backend.passthrough.internal.Environment;
import org.jmapproxy.backend.passthrough.internal.account.PassthroughAccount;
import org.jmapproxy.backend.passthrough.internal.session.SessionFile;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;

/**
 * Accounts on other JMAP servers: calls, uploads and downloads are forwarded, events heard. Of an
 * account only the upstream's last session is kept here. Thread-safe.
 *
 * <p>Settings of an account: {@code sessionUrl} (required: the session's address, or its server's),
 * {@code upstreamAccountId} (which of the session's accounts; the primary one), {@code
 * trustedOrigins} (further servers, separated by blanks, to which the login may be sent; none: only
 * that of {@code sessionUrl}).
 */
public final class PassthroughBackend implements Backend {

  private final Environment environment;

  PassthroughBackend(Environment environment) {
    this.environment = environment;
  }

  /** Begins a backend. */
  public static PassthroughBackendBuilder builder() {
    return new PassthroughBackendBuilder();
  }

  @Override
  public String type() {
    return "jmap";
  }

  @Override
  public OpenAccount open(AccountConfiguration configuration) {
    return new PassthroughAccount(configuration, environment);
  }

  /**
   * A token is never accepted that was not stored: it could be the token of another user of the
   * same server.
   */
  @Override
  public boolean accepts(AccountConfiguration configuration) {
    if (configuration.credentials().scheme() != Credentials.Scheme.PASSWORD) {
      return false;
    }
    try {
      PassthroughAccount.identify(configuration, environment);
      return true;
    } catch (BackendException e) {
      if (e.reason() == BackendException.Reason.AUTHENTICATION_LOST) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Optional<String> identify(AccountConfiguration configuration) {
    return Optional.of(PassthroughAccount.identify(configuration, environment));
  }

  @Override
  public void delete(Id accountId) {
    SessionFile.of(environment.dataDirectory(), accountId).delete();
  }

  /** Accounts are closed by those who opened them; this ends what is under way. */
  @Override
  public void close() {
    environment.http().close();
  }
}
