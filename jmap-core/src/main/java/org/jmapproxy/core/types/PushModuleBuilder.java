package org.jmapproxy.core.types;

import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.spi.AccountProvider;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.types.internal.push.Push;
import org.jmapproxy.core.types.internal.push.PushSurroundings;
import org.jmapproxy.core.types.internal.push.PushTargets;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link PushModule} is made of. */
public final class PushModuleBuilder {

  private @Nullable AccountProvider accounts;
  private @Nullable OutboundHttp http;
  private @Nullable Executor executor;
  private PushModule.@Nullable Timer timer;
  private PushSubscriptionStore store = PushSubscriptionStore.none();
  private Function<Principal, Subscription> lease = principal -> () -> {};
  private PushObserver observer = outcome -> {};
  private AddressPolicy addresses = AddressPolicy.publicInternet();
  private boolean plainHttp;
  private Clock clock = Clock.systemUTC();

  PushModuleBuilder() {}

  /** Says which accounts a principal sees: the same as the server's. */
  public PushModuleBuilder accounts(AccountProvider provider) {
    accounts = provider;
    return this;
  }

  /** Posts the pushes. It should refuse the addresses that {@link #addresses} refuses. */
  public PushModuleBuilder http(OutboundHttp client) {
    http = client;
    return this;
  }

  /** Runs what waits for push services and opens accounts; at most 32 pushes wait at a time. */
  public PushModuleBuilder executor(Executor threads) {
    executor = threads;
    return this;
  }

  /** Runs short tasks later. */
  public PushModuleBuilder timer(PushModule.Timer source) {
    timer = source;
    return this;
  }

  /** Keeps the subscriptions; without it they end with the process. */
  public PushModuleBuilder store(PushSubscriptionStore keeper) {
    store = keeper;
    return this;
  }

  /**
   * Keeps the accounts of a principal awake until it is closed, where subscribing to their changes
   * does not do that. May block, and may be called again while an earlier lease is held.
   */
  public PushModuleBuilder lease(Function<Principal, Subscription> keepingAwake) {
    lease = keepingAwake;
    return this;
  }

  /** Told of each push. */
  public PushModuleBuilder observer(PushObserver told) {
    observer = told;
    return this;
  }

  /** Which addresses a subscription may name; the public internet alone if not set. */
  public PushModuleBuilder addresses(AddressPolicy policy) {
    addresses = policy;
    return this;
  }

  /** Lets subscriptions name http addresses too, against RFC 8620: for tests alone. */
  public PushModuleBuilder plainHttp(boolean allowed) {
    plainHttp = allowed;
    return this;
  }

  /** Sets another clock than the system's. */
  public PushModuleBuilder clock(Clock source) {
    clock = source;
    return this;
  }

  /**
   * The module; {@link PushModule#start} takes up what the store has.
   *
   * @throws NullPointerException if accounts, http, executor or timer are not set
   */
  public PushModule build() {
    return new PushModule(
        new Push(
            new PushSurroundings(
                Objects.requireNonNull(accounts, "accounts"),
                Objects.requireNonNull(http, "http"),
                Objects.requireNonNull(executor, "executor"),
                Objects.requireNonNull(timer, "timer"),
                store,
                lease,
                observer,
                new PushTargets(addresses, plainHttp),
                clock)));
  }
}
