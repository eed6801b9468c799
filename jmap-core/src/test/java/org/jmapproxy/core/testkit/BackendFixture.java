package org.jmapproxy.core.testkit;

import java.time.Duration;
import java.time.Instant;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Role;

/**
 * An account of the backend under test, made for one test and thrown away with it.
 *
 * @see TypeFixture
 */
public interface BackendFixture extends AutoCloseable {

  /** The account; the same one during a test. */
  Account account();

  /**
   * Whether the account is meant to have a role. What is meant to be absent is tested to be absent;
   * no test is skipped.
   */
  boolean offers(Role<?> role);

  /** How long changes through the back door may take until they are heard of. */
  default Duration patience() {
    return Duration.ofSeconds(10);
  }

  /** What roles are told of a call. */
  default CallContext context() {
    return new CallContext(
        Principal.of("contract@example.com"),
        account().id(),
        Instant.now().plus(Duration.ofMinutes(1)));
  }

  /** Throws the account away. */
  @Override
  void close();
}
