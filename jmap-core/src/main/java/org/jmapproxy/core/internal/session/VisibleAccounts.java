package org.jmapproxy.core.internal.session;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.internal.limits.CommonLimits;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;

/** The accounts that a principal sees, as they were when the request came. Immutable. */
public final class VisibleAccounts {

  private final Map<String, Account> byId;

  private VisibleAccounts(Map<String, Account> byId) {
    this.byId = byId;
  }

  /** These accounts, in the order of preference. */
  public static VisibleAccounts of(List<Account> accounts) {
    Map<String, Account> byId = new LinkedHashMap<>();
    accounts.forEach(account -> byId.putIfAbsent(account.id().value(), account));
    return new VisibleAccounts(byId);
  }

  /** All accounts, in the order of preference. */
  public Collection<Account> all() {
    return byId.values();
  }

  /** An account by its id. */
  public Optional<Account> find(Id id) {
    return find(id.value());
  }

  /** An account by what may be its id. */
  public Optional<Account> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The limits for who sees these accounts: none of their upstreams takes less. */
  public Limits within(Limits own) {
    return CommonLimits.of(byId.values(), own);
  }

  /** Whether an account's calls are answered elsewhere, by somebody who offers a capability. */
  public boolean isForwarded(String capability) {
    return byId.values().stream()
        .flatMap(account -> account.roles().find(InvocationForwarder.ROLE).stream())
        .anyMatch(forwarder -> forwarder.capabilities().containsKey(capability));
  }
}
