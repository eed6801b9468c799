package org.jmapproxy.backend.imap.internal.account;

import java.util.Map;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.quota.QuotaBook;
import org.jmapproxy.backend.imap.internal.sieve.SieveServer;
import org.jmapproxy.backend.imap.internal.sieve.SieveVacation;
import org.jmapproxy.backend.imap.internal.store.Notes;
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
  private final SieveVacation vacation;
  private final boolean mayWrite;

  /** Offers what was found in an earlier life. */
  FoundRoles(
      AccountConfiguration configuration,
      Environment environment,
      Notes notes,
      Connections connections,
      AccountRoles offered) {
    this.offered = offered;
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
    vacation = new SieveVacation(sieve, AccountSettings.addresses(configuration));
    mayWrite = !AccountSettings.isReadOnly(configuration);
    offer();
  }

  /** Asks the servers again. */
  void look() {
    quotas.refresh();
    sieve.probe();
    offer();
  }

  private void offer() {
    Roles.Builder roles = Roles.builder();
    if (quotas.isOffered()) {
      roles.with(QuotaType.TYPE.readRole(), quotas);
      roles.with(QuotaType.TYPE.changesRole(), quotas.changes());
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
