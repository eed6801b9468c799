package org.jmapproxy.backend.imap.internal.account;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jmapproxy.backend.imap.internal.body.AccountBlobs;
import org.jmapproxy.backend.imap.internal.body.AnnouncedContent;
import org.jmapproxy.backend.imap.internal.body.BodyCache;
import org.jmapproxy.backend.imap.internal.body.MessageBodies;
import org.jmapproxy.backend.imap.internal.command.Desk;
import org.jmapproxy.backend.imap.internal.command.EmailWriting;
import org.jmapproxy.backend.imap.internal.command.MailboxWriting;
import org.jmapproxy.backend.imap.internal.connect.ConnectionFactory;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.ProviderLimits;
import org.jmapproxy.backend.imap.internal.connect.Reachability;
import org.jmapproxy.backend.imap.internal.connect.RefusedSecret;
import org.jmapproxy.backend.imap.internal.outbox.DueAccounts;
import org.jmapproxy.backend.imap.internal.outbox.Outbox;
import org.jmapproxy.backend.imap.internal.outbox.ReportDesk;
import org.jmapproxy.backend.imap.internal.protocol.ImapEndpoint;
import org.jmapproxy.backend.imap.internal.search.SearchRoom;
import org.jmapproxy.backend.imap.internal.search.ServerSearch;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.backend.imap.internal.sync.AccountWorker;
import org.jmapproxy.backend.imap.internal.sync.Departures;
import org.jmapproxy.backend.imap.internal.sync.FolderLanes;
import org.jmapproxy.backend.imap.internal.sync.FolderRefresh;
import org.jmapproxy.backend.imap.internal.sync.Folders;
import org.jmapproxy.backend.imap.internal.sync.MessageLooks;
import org.jmapproxy.backend.imap.internal.sync.Publisher;
import org.jmapproxy.backend.imap.internal.sync.Replica;
import org.jmapproxy.backend.imap.internal.sync.ReportArrivals;
import org.jmapproxy.backend.imap.internal.sync.Surroundings;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.spi.BlobLookupRole;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.ChangeSignals;
import org.jmapproxy.core.spi.QueryRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.mail.email.ContentRole;
import org.jmapproxy.mail.email.EmailBlobLookup;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.MessageIdLookup;
import org.jmapproxy.mail.email.PartBlobs;
import org.jmapproxy.mail.mailbox.MailboxType;

/** Puts an account together from its store and its settings. */
public final class AccountOpening {
  private static final int ENOUGH_TO_WATCH = 3;

  /** A search leaves one connection to the watcher and one to everybody else. */
  private static final int KEPT_FREE = 2;

  private final Environment environment;
  private final AccountSending sending;

  /**
   * Opens accounts in this environment.
   *
   * @param due learns when accounts have something to send
   */
  public AccountOpening(Environment environment, DueAccounts due) {
    this.environment = environment;
    this.sending = new AccountSending(environment, due);
  }

  /**
   * Opens an account and lets its worker begin.
   *
   * @param bodies where fetched bodies are kept
   * @param outgoing where messages are kept that wait to be sent
   */
  public ImapAccount open(
      AccountConfiguration configuration, AccountStore store, Path bodies, Path outgoing) {
    Clock clock = environment.clock();
    RefusedSecret refused = new RefusedSecret(clock);
    Reachability reachability = new Reachability(clock, ThreadLocalRandom.current());
    ImapEndpoint endpoint = AccountSettings.endpoint(configuration, environment);
    int most = ProviderLimits.most(endpoint.host(), environment.maxConnections());
    Connections connections =
        new Connections(
            new ConnectionFactory(
                endpoint, AccountSettings.credentials(configuration), refused, reachability),
            most,
            environment.servers().of(endpoint.host()),
            clock);
    Folders folders = new Folders(store.notes());
    Publisher publisher =
        new Publisher(
            configuration.accountId(), environment.changes(), environment.timers(), clock);
    Replica replica =
        new Replica(
            store,
            new FolderLanes(clock),
            publisher,
            new Departures(clock),
            environment.storage(),
            environment.observer(),
            new ReportArrivals(),
            clock);
    LateRunnable wake = new LateRunnable();
    Leases leases = new Leases(clock, environment.idleTimeout(), wake);
    AccountRoles offered = new AccountRoles();
    LateRunnable later = new LateRunnable();
    FoundRoles found =
        new FoundRoles(configuration, environment, store, publisher, connections, offered);
    AccountWorker worker =
        new AccountWorker(
            replica, connections, folders, surroundings(leases, most, both(found::look, later)));
    wake.becomes(worker::wake);
    BodyCache cache = new BodyCache(bodies, environment.bodyCacheBytes());
    MessageBodies messages = new MessageBodies(store.reader(), connections, cache, clock);
    MessageLooks looks = new MessageLooks(replica, connections, folders);
    ServerSearch search =
        new ServerSearch(
            store.reader(),
            connections,
            looks,
            new SearchRoom(environment.network(), Math.max(1, most - KEPT_FREE), clock),
            () -> !worker.wasInStep());
    Roles.Builder own = Roles.builder();
    store.addRolesTo(own, Optional.empty());
    Roles reading = own.build();
    Roles.Builder roles = Roles.builder();
    store.addRolesTo(roles, Optional.of(search));
    if (!connections.areReadOnly()) {
      addWriting(roles, reading, replica, connections, folders, looks);
    }
    roles.with(ContentRole.ROLE, new AnnouncedContent(messages));
    PartBlobs blobs = new PartBlobs(new AccountBlobs(store.uploads(), store.scripts(), messages));
    roles.with(BlobRole.ROLE, blobs);
    roles.with(BlobLookupRole.ROLE, lookup(store, reading, blobs));
    roles.with(MessageIdLookup.ROLE, (context, id) -> store.reader().emailsWithMessageId(id));
    roles.with(ChangeSignals.ROLE, signals(configuration, leases));
    Optional<Outbox> outbox = sending.addTo(roles, configuration, replica, worker, outgoing);
    readReports(roles.build(), replica, outbox, later);
    offered.set("mail", noticing(roles.build(), worker));
    worker.begin();
    return new ImapAccount(
        store, cache, connections, refused, worker, leases, outbox, found, offered);
  }

  /** Reports are read as they arrive, and after each round those that had to wait. */
  private static void readReports(
      Roles roles, Replica replica, Optional<Outbox> outbox, LateRunnable afterRound) {
    if (outbox.isPresent()) {
      ReportDesk desk =
          outbox
              .get()
              .reportDesk(
                  replica.store().notes(),
                  roles.find(EmailType.TYPE.readRole()).orElseThrow(),
                  roles.find(BlobRole.ROLE).orElseThrow());
      replica.reports().tell(desk::arrived);
      afterRound.becomes(desk::readOn);
    }
  }

  private static Runnable both(Runnable first, Runnable second) {
    return () -> {
      first.run();
      second.run();
    };
  }

  /** The same roles; the worker hears at which Mailboxes clients look. */
  private static Roles noticing(Roles roles, AccountWorker worker) {
    QueryRole queries = roles.find(EmailType.TYPE.queryRole()).orElseThrow();
    return roles.with(EmailType.TYPE.queryRole(), new ViewedMailboxes(queries, worker::viewed));
  }

  private static void addWriting(
      Roles.Builder roles,
      Roles reading,
      Replica replica,
      Connections connections,
      Folders folders,
      MessageLooks looks) {
    Desk desk =
        new Desk(
            replica,
            connections,
            folders,
            new FolderRefresh(replica, connections, folders),
            looks,
            reading.find(MailboxType.TYPE.readRole()).orElseThrow(),
            reading.find(EmailType.TYPE.readRole()).orElseThrow());
    roles.with(MailboxType.TYPE.writeRole(), new MailboxWriting(desk));
    roles.with(EmailType.TYPE.writeRole(), new EmailWriting(desk));
  }

  private static BlobLookupRole lookup(AccountStore store, Roles reading, BlobRole blobs) {
    return new EmailBlobLookup(
        blobs,
        reading.find(EmailType.TYPE.readRole()).orElseThrow(),
        blobId -> store.reader().messageOfBlob(blobId).map(StoredMessage::emailId));
  }

  private Surroundings surroundings(Leases leases, int connections, Runnable afterRound) {
    return new Surroundings(
        environment.network(),
        environment.watchers(),
        environment.timers(),
        environment.pollInterval(),
        environment.sleepingPollInterval(),
        environment.watchRenewal(),
        connections >= ENOUGH_TO_WATCH,
        environment.turns(),
        leases::isNeeded,
        afterRound);
  }

  /** Whoever listens needs the account awake. */
  private ChangeSignals signals(AccountConfiguration configuration, Leases leases) {
    ChangeSignals bus = environment.changes().signals(configuration.accountId());
    return listener -> {
      Subscription lease = leases.hold();
      Subscription hearing = bus.subscribe(listener);
      return () -> {
        hearing.close();
        lease.close();
      };
    };
  }

  /** Something to run that is known only later. */
  private static final class LateRunnable implements Runnable {
    private volatile Runnable target = () -> {};

    void becomes(Runnable known) {
      target = known;
    }

    @Override
    public void run() {
      target.run();
    }
  }
}
