package org.jmapproxy.core.types.internal.push;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.core.spi.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to all accounts of one principal, and so keeps them awake, as long as a verified
 * subscription wants that. Thread-safe.
 */
final class Listening {

  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private final PushSurroundings surroundings;
  private final Principal principal;
  private final BooleanSupplier wanted;
  private final Consumer<StateChange> listener;
  private List<Subscription> held = List.of();
  private volatile Set<Id> accounts = Set.of();
  private boolean closed;

  /** Listens to nothing yet. */
  Listening(
      PushSurroundings surroundings,
      Principal principal,
      BooleanSupplier wanted,
      Consumer<StateChange> listener) {
    this.surroundings = surroundings;
    this.principal = principal;
    this.wanted = wanted;
    this.listener = listener;
  }

  /**
   * Listens anew to the accounts as they are now, before it lets go of what it had: an account may
   * have been closed and opened again, come or gone. May block while accounts are opened.
   */
  synchronized void refresh() {
    if (closed || !wanted.getAsBoolean()) {
      end();
      return;
    }
    List<Subscription> fresh = new ArrayList<>();
    Set<Id> heard = new HashSet<>();
    try {
      fresh.add(surroundings.lease().apply(principal));
      for (Account account : surroundings.accounts().visibleTo(principal)) {
        heard.add(account.id());
        account
            .roles()
            .find(ChangeSignals.ROLE)
            .ifPresent(signals -> fresh.add(signals.subscribe(listener)));
      }
    } catch (RuntimeException e) {
      LOG.warn("Push for {} cannot listen to its accounts", principal.name(), e);
      fresh.forEach(Subscription::close);
      return;
    }
    List<Subscription> before = held;
    held = fresh;
    accounts = heard;
    before.forEach(Subscription::close);
  }

  /** Whether it concerns an account, as far as it knows; never blocks. */
  boolean hears(Id accountId) {
    return accounts.contains(accountId);
  }

  /** Ends for good. */
  synchronized void close() {
    closed = true;
    end();
  }

  private void end() {
    held.forEach(Subscription::close);
    held = List.of();
    accounts = Set.of();
  }
}
