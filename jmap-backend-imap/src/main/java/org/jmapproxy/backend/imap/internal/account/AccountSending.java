package org.jmapproxy.backend.imap.internal.account;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.connect.RefusedSecret;
import org.jmapproxy.backend.imap.internal.identity.ConfiguredIdentities;
import org.jmapproxy.backend.imap.internal.identity.IdentityRoles;
import org.jmapproxy.backend.imap.internal.outbox.DueAccounts;
import org.jmapproxy.backend.imap.internal.outbox.Outbox;
import org.jmapproxy.backend.imap.internal.outbox.OutboxOpening;
import org.jmapproxy.backend.imap.internal.outbox.Postmaster;
import org.jmapproxy.backend.imap.internal.outbox.SubmissionServer;
import org.jmapproxy.backend.imap.internal.smtp.SmtpEndpoint;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.IdentityStore.ConfiguredIdentity;
import org.jmapproxy.backend.imap.internal.sync.AccountWorker;
import org.jmapproxy.backend.imap.internal.sync.Replica;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.identity.Senders;
import org.jmapproxy.mail.mailbox.MailboxType;

/** Lets an account send, if its settings name a submission server. */
final class AccountSending {

  private final Environment environment;
  private final DueAccounts due;
  private final OutboxOpening outboxes;

  AccountSending(Environment environment, DueAccounts due) {
    this.environment = environment;
    this.due = due;
    this.outboxes =
        new OutboxOpening(
            environment.network(),
            environment.timers(),
            due,
            environment.sending(),
            environment.clock());
  }

  /**
   * Adds the roles of sending and opens the outbox.
   *
   * @param roles with the roles that write mail, if the account can send
   */
  Optional<Outbox> addTo(
      Roles.Builder roles,
      AccountConfiguration configuration,
      Replica replica,
      AccountWorker worker,
      Path messages) {
    Optional<SmtpEndpoint> endpoint = AccountSettings.submission(configuration, environment);
    if (endpoint.isEmpty()) {
      due.set(configuration.accountId(), Optional.empty());
      return Optional.empty();
    }
    AccountStore store = replica.store();
    List<ConfiguredIdentity> identities = ConfiguredIdentities.of(configuration);
    replica.publisher().publish(store.identities().configure(identities));
    new IdentityRoles(store.identities(), replica.publisher()).addTo(roles);
    roles.with(Senders.ROLE, ConfiguredIdentities.senders(identities));
    Outbox outbox =
        outboxes.open(
            store,
            messages,
            replica.publisher(),
            server(configuration, endpoint.get()),
            postmaster(configuration, roles.build(), replica, worker));
    OutboxOpening.addRolesTo(roles, store, outbox);
    return Optional.of(outbox);
  }

  private SubmissionServer server(AccountConfiguration configuration, SmtpEndpoint endpoint) {
    return new SubmissionServer(
        endpoint, configuration.credentials(), new RefusedSecret(environment.clock()));
  }

  private static Postmaster postmaster(
      AccountConfiguration configuration, Roles mail, Replica replica, AccountWorker worker) {
    return new Postmaster(
        configuration.accountId(),
        configuration.email(),
        mail.find(MailboxType.TYPE.readRole()).orElseThrow(),
        mail.find(EmailType.TYPE.readRole()).orElseThrow(),
        mail.find(EmailType.TYPE.writeRole()).orElseThrow(),
        replica.store().reader(),
        worker::round,
        replica.clock());
  }
}
