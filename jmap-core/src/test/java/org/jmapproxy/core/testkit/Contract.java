package org.jmapproxy.core.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Consumer;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;

/**
 * The root of all contracts. A test class implements contracts and hands out one fixture per
 * instance.
 */
public interface Contract {

  /** The fixture; the same one for all calls on this instance. */
  BackendFixture fixture();

  /** The abilities of the account. */
  default Roles roles() {
    return fixture().account().roles();
  }

  /** Runs a test with a role, or finds that the role is absent if it is meant to be. */
  default <R> void with(Role<R> role, Consumer<R> test) {
    Optional<R> found = roles().find(role);
    if (fixture().offers(role)) {
      assertThat(found).as("the role " + role).isPresent();
      test.accept(found.orElseThrow());
    } else {
      assertThat(found).as("the role " + role + ", which should be absent").isEmpty();
    }
  }
}
