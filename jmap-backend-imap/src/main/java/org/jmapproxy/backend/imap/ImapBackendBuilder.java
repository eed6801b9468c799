package org.jmapproxy.backend.imap;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jmapproxy.backend.imap.discovery.MailServer;
import org.jmapproxy.backend.imap.discovery.SrvDiscovery;
import org.jmapproxy.backend.imap.internal.account.Environment;
import org.jmapproxy.backend.imap.internal.connect.Servers;
import org.jmapproxy.backend.imap.internal.outbox.SendingTimes;
import org.jmapproxy.backend.imap.internal.store.sqlite.SqliteAccountStores;
import org.jmapproxy.backend.imap.internal.sync.Turns;
import org.jmapproxy.backend.imap.observer.SyncObserver;
import org.jmapproxy.core.push.ChangeBus;
import org.jspecify.annotations.Nullable;

/**
 * Collects what an {@link ImapBackend} needs. The data directory, the executors, the timers and the
 * change bus have to be given; the backend makes no threads of its own. Not thread-safe.
 */
public final class ImapBackendBuilder {
  /** Each holds a few windows of messages in memory. */
  private static final int ACCOUNTS_READING_OLDER = 4;

  private @Nullable Path dataDirectory;
  private @Nullable Executor network;
  private @Nullable Executor storage;
  private @Nullable ThreadFactory watchers;
  private @Nullable ScheduledExecutorService timers;
  private @Nullable ChangeBus changes;
  private Clock clock = Clock.systemUTC();
  private Optional<SocketConnector> connector = Optional.empty();
  private Optional<SSLContext> sslContext = Optional.empty();
  private boolean trustAnyCertificate;
  private Duration connectTimeout = Duration.ofSeconds(15);
  private Duration readTimeout = Duration.ofSeconds(60);
  private Duration idleTimeout = Duration.ofMinutes(5);
  private Duration pollInterval = Duration.ofMinutes(1);
  private Duration sleepingPollInterval = Duration.ofMinutes(15);
  private Duration watchRenewal = Duration.ofMinutes(9);
  private int maxConnections = 4;
  private int maxServerConnections = 1000;
  private SyncObserver observer = SyncObserver.NONE;
  private Function<String, Optional<MailServer>> sieveOfDomain = domain -> Optional.empty();
  private long bodyCacheBytes = 256L << 20;
  private SendingTimes sending = SendingTimes.standard();

  ImapBackendBuilder() {}

  /** Where accounts keep their files; made if it is not there. */
  public ImapBackendBuilder dataDirectory(Path directory) {
    dataDirectory = directory;
    return this;
  }

  /**
   * Runs the synchronisation, which blocks on the network: one thread for each account that is
   * busy. Platform threads, as it reads the replica too.
   */
  public ImapBackendBuilder networkExecutor(Executor executor) {
    network = executor;
    return this;
  }

  /**
   * Runs transactions while the network is read. Another executor than {@link #networkExecutor}, as
   * work there waits for work here; platform threads.
   */
  public ImapBackendBuilder storageExecutor(Executor executor) {
    storage = executor;
    return this;
  }

  /** Makes one thread for each account that waits for news from its server. */
  public ImapBackendBuilder watcherThreads(ThreadFactory factory) {
    watchers = factory;
    return this;
  }

  /** Wakes accounts; what it runs is short. */
  public ImapBackendBuilder timers(ScheduledExecutorService executor) {
    timers = executor;
    return this;
  }

  /** Hears of every new state. */
  public ImapBackendBuilder changeBus(ChangeBus bus) {
    changes = bus;
    return this;
  }

  /** The time; the system's by default. */
  public ImapBackendBuilder clock(Clock newClock) {
    clock = newClock;
    return this;
  }

  /** Makes the connections to servers; by default directly, to any address. */
  public ImapBackendBuilder socketConnector(SocketConnector newConnector) {
    connector = Optional.of(newConnector);
    return this;
  }

  /** Whom to trust; by default what the JVM trusts. */
  public ImapBackendBuilder sslContext(SSLContext context) {
    sslContext = Optional.of(context);
    return this;
  }

  /** Whether to accept every certificate and host name; for tests and closed networks. */
  public ImapBackendBuilder trustAnyCertificate(boolean trust) {
    trustAnyCertificate = trust;
    return this;
  }

  /**
   * How patient to be with servers.
   *
   * @param connect for TCP and, again, for TLS; 15 s by default
   * @param read how long a server may stay silent while an answer is awaited, and how long it may
   *     take no data; 60 s by default. A whole command may take ten times as long.
   */
  public ImapBackendBuilder timeouts(Duration connect, Duration read) {
    connectTimeout = connect;
    readTimeout = read;
    return this;
  }

  /**
   * How long an account stays awake after its last lease; zero: for ever, once it was awake. 5 min
   * by default.
   */
  public ImapBackendBuilder idleTimeout(Duration timeout) {
    idleTimeout = timeout;
    return this;
  }

  /** How often an account that is awake is compared with its server; every minute by default. */
  public ImapBackendBuilder pollInterval(Duration interval) {
    pollInterval = interval;
    return this;
  }

  /** How often a sleeping account is compared with its server; every 15 min by default. */
  public ImapBackendBuilder sleepingPollInterval(Duration interval) {
    sleepingPollInterval = interval;
    return this;
  }

  /**
   * How long one IDLE lasts at most; 9 min by default. Then the server is asked for a sign of life,
   * so that a connection which ended unnoticed is replaced. Below the half hour after which servers
   * may hang up (RFC 2177), and better below the patience of NAT.
   */
  public ImapBackendBuilder watchRenewal(Duration longest) {
    if (longest.compareTo(Duration.ofMinutes(29)) > 0) {
      throw new IllegalArgumentException("RFC 2177 wants IDLE renewed at least every 29 minutes");
    }
    watchRenewal = longest;
    return this;
  }

  /**
   * How many connections an account may have; 4 by default. With less than 3 none waits in IDLE.
   * Accounts at large providers get fewer where those bear fewer.
   */
  public ImapBackendBuilder maxConnectionsPerAccount(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("an account needs a connection");
    }
    maxConnections = most;
    return this;
  }

  /**
   * How many connections all accounts together may have to one server; 1000 by default. A quarter
   * of them is kept for work: when the rest watches inboxes, further accounts poll.
   */
  public ImapBackendBuilder maxConnectionsPerServer(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("accounts need a connection");
    }
    maxServerConnections = most;
    return this;
  }

  /** Hears what the synchronisation does; nobody by default. */
  public ImapBackendBuilder observer(SyncObserver newObserver) {
    observer = newObserver;
    return this;
  }

  /**
   * Finds servers that an account's settings leave out, in the DNS of its address's domain; without
   * it they are only looked for beside the IMAP server.
   */
  public ImapBackendBuilder discovery(SrvDiscovery discovery) {
    sieveOfDomain = discovery::sieve;
    return this;
  }

  /** How many octets of message bodies are kept for each account; 256 MiB by default. */
  public ImapBackendBuilder bodyCacheBytes(long bytes) {
    bodyCacheBytes = bytes;
    return this;
  }

  /**
   * How long a client waits for the submission server before its message is sent later; 10 s by
   * default.
   */
  public ImapBackendBuilder sendPatience(Duration patience) {
    sending = sending.withPatience(patience);
    return this;
  }

  /**
   * When a message is tried again that could not be sent: after the first time, twice as long each
   * time, at most the longest. 1 min, 1 h and giving up after 5 days by default.
   */
  public ImapBackendBuilder sendRetries(Duration first, Duration longest, Duration giveUpAfter) {
    sending = sending.withRetries(first, longest, giveUpAfter);
    return this;
  }

  /** How long clients may have a message held before it is sent; 30 days by default. */
  public ImapBackendBuilder maxDelayedSend(Duration longest) {
    sending = sending.withMaxDelay(longest);
    return this;
  }

  /**
   * The backend.
   *
   * @throws NullPointerException when something that has to be given is missing
   */
  public ImapBackend build() {
    Environment environment =
        new Environment(
            Objects.requireNonNull(dataDirectory, "dataDirectory"),
            Objects.requireNonNull(network, "networkExecutor"),
            Objects.requireNonNull(storage, "storageExecutor"),
            Objects.requireNonNull(watchers, "watcherThreads"),
            Objects.requireNonNull(timers, "timers"),
            clock,
            Objects.requireNonNull(changes, "changeBus"),
            connector
                .<org.jmapproxy.backend.imap.internal.protocol.SocketConnector>map(
                    given -> given::connect)
                .orElse(org.jmapproxy.backend.imap.internal.protocol.SocketConnector.DIRECT),
            sslContext,
            trustAnyCertificate,
            connectTimeout,
            readTimeout,
            idleTimeout,
            pollInterval,
            sleepingPollInterval,
            watchRenewal,
            maxConnections,
            new Servers(maxServerConnections, observer::connections),
            new Turns(ACCOUNTS_READING_OLDER),
            observer,
            sieveOfDomain,
            bodyCacheBytes,
            sending);
    return new ImapBackend(
        environment,
        new SqliteAccountStores(
            environment.dataDirectory(),
            environment.clock(),
            new SecureRandom(),
            environment.storage()));
  }
}
