package org.jmapproxy.backend.imap.internal.account;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jmapproxy.backend.imap.discovery.MailServer;
import org.jmapproxy.backend.imap.internal.connect.Servers;
import org.jmapproxy.backend.imap.internal.outbox.SendingTimes;
import org.jmapproxy.backend.imap.internal.protocol.SocketConnector;
import org.jmapproxy.backend.imap.internal.sync.Turns;
import org.jmapproxy.backend.imap.observer.SyncObserver;
import org.jmapproxy.core.push.ChangeBus;

/**
 * What the application gave to the backend.
 *
 * @param dataDirectory where accounts keep their files
 * @param network runs blocking work on connections
 * @param storage runs work on the replica; platform threads
 * @param watchers makes the one thread per account that waits in IDLE
 * @param timers runs short tasks later
 * @param connectTimeout for TCP and, again, for TLS
 * @param readTimeout how long a server may stay silent, and how long it may take no data
 * @param idleTimeout how long an account stays awake after its last lease; zero: for ever
 * @param pollInterval how often an awake account is compared with its server
 * @param sleepingPollInterval how often a sleeping one is
 * @param watchRenewal how long one IDLE lasts at most
 * @param maxConnections per account, at least 1
 * @param servers how many connections each server bears
 * @param turns shares the reading of older messages between accounts
 * @param observer hears what the synchronisation does
 * @param sieveOfDomain finds the ManageSieve server of a domain
 * @param bodyCacheBytes how much of fetched bodies an account keeps
 * @param sending how patient sending is
 */
public record Environment(
    Path dataDirectory,
    Executor network,
    Executor storage,
    ThreadFactory watchers,
    ScheduledExecutorService timers,
    Clock clock,
    ChangeBus changes,
    SocketConnector connector,
    Optional<SSLContext> sslContext,
    boolean trustAnyCertificate,
    Duration connectTimeout,
    Duration readTimeout,
    Duration idleTimeout,
    Duration pollInterval,
    Duration sleepingPollInterval,
    Duration watchRenewal,
    int maxConnections,
    Servers servers,
    Turns turns,
    SyncObserver observer,
    Function<String, Optional<MailServer>> sieveOfDomain,
    long bodyCacheBytes,
    SendingTimes sending) {}
