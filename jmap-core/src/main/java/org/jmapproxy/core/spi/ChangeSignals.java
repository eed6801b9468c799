package org.jmapproxy.core.spi;

import java.util.function.Consumer;

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
}
