package org.jmapproxy.backend.imap.internal.account;

import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.quota.QuotaBook;
import org.jmapproxy.backend.imap.internal.sieve.ScriptBook;
import org.jmapproxy.backend.imap.internal.sieve.ScriptRoles;
import org.jmapproxy.backend.imap.internal.sieve.SieveServer;
import org.jmapproxy.backend.imap.internal.sieve.SieveVacation;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.backend.imap.internal.sync.Publisher;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.StateChange;
import org.jmapproxy.mail.quota.QuotaType;
import org.jmapproxy.mail.vacation.VacationResponseType;

/**
 * What an account can do only if its servers can: found out after each round, and remembered, so
 * that the session does not depend on a server being reachable. Nothing is pretended.
 */
final class FoundRoles {
  private final AccountRoles offered;
  private final QuotaBook quotas;
  private final SieveServer sieve;
  private final ScriptBook scripts;
  private final ScriptRoles scriptRoles;
  private final SieveVacation vacation;
  private final boolean mayWrite;

  /** Offers what was found in an earlier life. */
  FoundRoles(
      AccountConfiguration configuration,
      Environment environment,
      AccountStore store,
      Publisher publisher,
      Connections connections,
      AccountRoles offered) {
    this.offered = offered;
    Notes notes = store.notes();
    List<String> addresses = AccountSettings.addresses(configuration);
    quotas =
        new QuotaBook(
            connections,
            environment.clock(),
            notes,
            state ->
                environment
                    .changes()
                    .publish(
                        new StateChange(
                            configuration.accountId(), Map.of(QuotaType.TYPE.name(), state))));
    sieve =
        new SieveServer(
            AccountSettings.sieve(configuration, environment),
            configuration.credentials(),
            notes,
            environment.clock());
    scripts =
        new ScriptBook(sieve, store.scripts(), notes, publisher::publish, environment.clock());
    scriptRoles = new ScriptRoles(scripts, addresses, environment.clock());
    vacation = new SieveVacation(scripts, addresses);
    mayWrite = !AccountSettings.isReadOnly(configuration);
    offer();
  }

  /** Asks the servers again. */
  void look() {
    quotas.refresh();
    sieve.probe();
    scripts.look();
    offer();
  }

  /** Somebody wants to know for certain: the next look asks whatever was asked lately. */
  void forget() {
    sieve.forget();
    scripts.forget();
  }

  private void offer() {
    Roles.Builder roles = Roles.builder();
    if (quotas.isOffered()) {
      roles.with(QuotaType.TYPE.readRole(), quotas);
      roles.with(QuotaType.TYPE.changesRole(), quotas.changes());
    }
    if (sieve.capabilities().isPresent()) {
      scriptRoles.addTo(roles, mayWrite);
    }
    if (sieve.capabilities().filter(SieveVacation::isPossible).isPresent()) {
      roles.with(VacationResponseType.TYPE.readRole(), vacation);
      if (mayWrite) {
        roles.with(VacationResponseType.TYPE.writeRole(), vacation);
      }
    }
    offered.set("found", roles.build());
  }
}
