package org.jmapproxy.core;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jmapproxy.core.internal.Engine;
import org.jmapproxy.core.method.CallObserver;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.AccountProvider;

/** Collects what a server is made of. */
public final class JmapServerBuilder {

  private final List<JmapModule> modules = new ArrayList<>();
  private AccountProvider accounts = principal -> List.of();
  private Limits limits = Limits.standard();
  private Clock clock = Clock.systemUTC();
  private CallObserver observer = (method, error, duration) -> {};

  JmapServerBuilder() {}

  /** Adds a module. */
  public JmapServerBuilder module(JmapModule module) {
    modules.add(module);
    return this;
  }

  /** Says which accounts a principal sees. */
  public JmapServerBuilder accounts(AccountProvider provider) {
    accounts = provider;
    return this;
  }

  /** Sets other limits than the standard ones. */
  public JmapServerBuilder limits(Limits announced) {
    limits = announced;
    return this;
  }

  /** Sets another clock than the system's. */
  public JmapServerBuilder clock(Clock source) {
    clock = source;
    return this;
  }

  /** Has every answered method call told to an observer. */
  public JmapServerBuilder observer(CallObserver told) {
    observer = told;
    return this;
  }

  /**
   * The server.
   *
   * @throws IllegalStateException when two modules declare the same capability, type or method, or
   *     when a type or method belongs to a capability that no module declares
   */
  @SuppressWarnings("DoNotCallSuggester")
  public JmapServer build() {
    return new Engine(modules, accounts, limits, clock, observer);
  }
}
