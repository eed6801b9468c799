package org.jmapproxy.core.spi;

import java.util.Map;
import java.util.function.Consumer;
import org.jmapproxy.core.id.State;

/** Tells when something in an account changes. Thread-safe. */
public interface ChangeSignals {

  /** The key of this role. */
  Role<ChangeSignals> ROLE = Role.of("changeSignals", ChangeSignals.class);

  /**
   * Calls the listener at each change until the subscription is closed. A backend keeps the account
   * awake as long as there is a subscription.
   *
   * @param listener called on a thread of the backend; must return at once
   */
  Subscription subscribe(Consumer<StateChange> listener);

  /**
   * The current states by type name, as far as known without asking anybody, of types whose state
   * the engine cannot ask a role for: accounts whose calls are forwarded. With them a client that
   * comes back to an event stream is told what it missed.
   */
  default Map<String, State> current() {
    return Map.of();
  }
}
