package org.jmapproxy.core.internal.limits;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jmapproxy.core.forward.InvocationForwarder;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.spi.Account;

/** What a session with several accounts can announce as its limits (RFC 8620 section 2). */
public final class CommonLimits {

  private CommonLimits() {}

  /** A server's limits, made smaller where the upstream of an account takes less. */
  public static Limits of(Collection<Account> accounts, Limits own) {
    Limits limits = own;
    for (InvocationForwarder forwarder : forwarders(accounts).toList()) {
      limits = forwarder.within(limits);
    }
    return limits;
  }

  /**
   * The collations that all accounts sort by. Accounts that are answered here know none: their
   * sorts have the one order that the type declares.
   */
  public static List<String> collationAlgorithms(Collection<Account> accounts) {
    List<InvocationForwarder> all = forwarders(accounts).toList();
    if (all.isEmpty() || all.size() < accounts.size()) {
      return List.of();
    }
    return all.get(0).collationAlgorithms().stream()
        .filter(name -> all.stream().allMatch(one -> one.collationAlgorithms().contains(name)))
        .toList();
  }

  private static Stream<InvocationForwarder> forwarders(Collection<Account> accounts) {
    return accounts.stream()
        .flatMap(account -> account.roles().find(InvocationForwarder.ROLE).stream());
  }
}
