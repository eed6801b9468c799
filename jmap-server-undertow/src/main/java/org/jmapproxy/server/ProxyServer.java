package org.jmapproxy.server;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jmapproxy.backend.imap.discovery.SrvDiscovery;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.JmapServer;
import org.jmapproxy.core.JmapServerBuilder;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.server.accounts.AccountDirectory;
import org.jmapproxy.server.accounts.StoredAccount;
import org.jmapproxy.server.auth.BasicAuthentication;
import org.jmapproxy.server.auth.LoginCheck;
import org.jmapproxy.server.config.DataDirectory;
import org.jmapproxy.server.config.ServerConfig;
import org.jmapproxy.server.config.StartupException;
import org.jmapproxy.server.http.Port;
import org.jmapproxy.server.http.Reply;
import org.jmapproxy.server.http.Workers;
import org.jmapproxy.server.jmap.EventStreams;
import org.jmapproxy.server.jmap.Gate;
import org.jmapproxy.server.jmap.JmapRoutes;
import org.jmapproxy.server.lifecycle.AccountAdministration;
import org.jmapproxy.server.lifecycle.Backends;
import org.jmapproxy.server.lifecycle.BackgroundRounds;
import org.jmapproxy.server.lifecycle.OpenAccounts;
import org.jmapproxy.server.lifecycle.ServerDiscovery;
import org.jmapproxy.server.management.ManagementRoutes;
import org.jmapproxy.server.metrics.CallMetrics;
import org.jmapproxy.server.metrics.ServerMetrics;
import org.jmapproxy.server.push.PushService;
import org.jmapproxy.server.vault.CredentialVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running proxy: both ports, the accounts and everything between. */
public final class ProxyServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ProxyServer.class);
  private static final Duration SETUP_PATIENCE = Duration.ofSeconds(30);
  private static final Duration SYNC_PATIENCE = Duration.ofMinutes(10);
  private static final Duration DNS_PATIENCE = Duration.ofSeconds(2);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);
  private static final long MOST_MANAGEMENT_BYTES = 1024 * 1024;

  private final ServerConfig config;
  private final Clock clock = Clock.systemUTC();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final ServerMetrics metrics = new ServerMetrics(clock);
  private final Port jmapPort;
  private final Port managementPort;
  private final EventStreams streams;

  /**
   * Starts a proxy; returns when both ports answer.
   *
   * @param modules what JMAP clients can talk about
   * @param backendFactory makes the backends
   * @throws StartupException if a port, the data directory or a setting cannot be used
   */
  public static ProxyServer start(
      ServerConfig config, List<JmapModule> modules, BackendFactory backendFactory) {
    return new ProxyServer(config, modules, backendFactory);
  }

  private ProxyServer(
      ServerConfig config, List<JmapModule> modules, BackendFactory backendFactory) {
    this.config = config;
    try {
      DataDirectory data = closeLater(DataDirectory.open(config.dataDirectory()));
      AccountDirectory directory = closeLater(AccountDirectory.open(data));
      CredentialVault vault = vault(config);
      tellWhatStaysSealed(directory, vault);
      ExecutorService network = closeLater(pool("network"), ProxyServer::stop);
      ExecutorService storage = closeLater(pool("storage"), ProxyServer::stop);
      ScheduledExecutorService timer = closeLater(timer(), ProxyServer::stop);
      Backends backends =
          closeLater(
              Backends.of(
                  backendFactory.create(
                      new BackendFactory.Surroundings(
                          data.path(),
                          network,
                          storage,
                          daemons("watcher"),
                          timer,
                          new ChangeBus(),
                          metrics,
                          clock,
                          config))));
      OpenAccounts accounts = closeLater(new OpenAccounts(directory, vault, backends, clock));
      PushService push =
          closeLater(
              new PushService(config, data, vault, accounts, metrics, network, timer, clock));
      BasicAuthentication authentication = authentication(directory, vault, accounts, push);
      streams = new EventStreams(timer);
      JmapServer jmapServer = engine(modules, push, accounts);
      Workers jmapWorkers = new Workers("jmap", 64, 1024);
      Workers managementWorkers = new Workers("management", 16, 64);
      registerGauges(accounts, authentication, jmapWorkers);
      jmapPort =
          closeLater(openJmapPort(jmapServer, directory, authentication, accounts, jmapWorkers));
      managementPort =
          closeLater(
              openManagementPort(
                  new AccountAdministration(
                      directory,
                      vault,
                      backends,
                      accounts,
                      discovery(),
                      new ChangeTelling(authentication, streams, push),
                      SETUP_PATIENCE,
                      SYNC_PATIENCE),
                  accounts,
                  managementWorkers));
      closeLater(jmapWorkers);
      closeLater(managementWorkers);
      BackgroundRounds rounds =
          new BackgroundRounds(directory, accounts, config.idleTimeout(), network, clock);
      closeLater(rounds.start(timer), round -> round.cancel(false));
      push.start();
    } catch (RuntimeException e) {
      closeAll();
      throw e;
    }
    LOG.info(
        "JMAP at {}, management at http://{}:{}/",
        baseUrl(),
        config.managementHost(),
        managementPort());
  }

  /** The port that JMAP clients use. */
  public int jmapPort() {
    return jmapPort.number();
  }

  /** The port of the management API. */
  public int managementPort() {
    return managementPort.number();
  }

  /** The public address of the JMAP port. */
  public String baseUrl() {
    return config.baseUrl(jmapPort());
  }

  /** Stops: refuses new requests, finishes those under way, closes everything. */
  @Override
  public void close() {
    jmapPort.refuse();
    managementPort.refuse();
    streams.endAll();
    if (!jmapPort.awaitQuiet(STOP_PATIENCE) || !managementPort.awaitQuiet(Duration.ofSeconds(5))) {
      LOG.warn("Some requests were still under way and are cut off");
    }
    closeAll();
    LOG.info("Stopped");
  }

  private JmapServer engine(List<JmapModule> modules, PushService push, OpenAccounts accounts) {
    JmapServerBuilder builder =
        JmapServer.builder().accounts(accounts).clock(clock).observer(new CallMetrics(metrics));
    modules.forEach(builder::module);
    builder.module(push.module());
    return builder.build();
  }

  private Port openJmapPort(
      JmapServer jmapServer,
      AccountDirectory directory,
      BasicAuthentication authentication,
      OpenAccounts accounts,
      Workers workers) {
    JmapRoutes routes =
        new JmapRoutes(
            jmapServer,
            new Gate(authentication, directory),
            accounts,
            streams,
            config::baseUrl,
            metrics.counter("jmap_http_requests"),
            workers);
    long most =
        2 * Math.max(jmapServer.limits().maxSizeUpload(), jmapServer.limits().maxSizeRequest());
    return Port.open(config.jmapHost(), config.jmapPort(), "JMAP_PORT", most, routes.handler());
  }

  private Port openManagementPort(
      AccountAdministration administration, OpenAccounts accounts, Workers workers) {
    ManagementRoutes routes =
        new ManagementRoutes(
            administration, metrics, accounts::openCount, config.allowedManagementHosts());
    return Port.open(
        config.managementHost(),
        config.managementPort(),
        "JMAP_MGMT_PORT",
        MOST_MANAGEMENT_BYTES,
        workers.running(routes, exchange -> Reply.error(exchange, 500, "internal error")));
  }

  private static ServerDiscovery discovery() {
    SrvDiscovery dns = SrvDiscovery.ofThisMachine(DNS_PATIENCE);
    return new ServerDiscovery(dns::imap, dns::submission);
  }

  private BasicAuthentication authentication(
      AccountDirectory directory, CredentialVault vault, OpenAccounts accounts, PushService push) {
    return new BasicAuthentication(
        directory,
        vault,
        (account, password) -> ask(accounts, account, password),
        accountId -> {
          accounts.reopen(accountId);
          push.credentialsEnded(accountId);
          push.accountChanged(accountId);
        },
        clock,
        metrics.counter("jmap_auth_cache_hits"),
        metrics.counter("jmap_auth_cache_misses"));
  }

  private static LoginCheck.Answer ask(
      OpenAccounts accounts, StoredAccount account, String password) {
    try {
      return accounts.accepts(account, password)
          ? LoginCheck.Answer.ACCEPTED
          : LoginCheck.Answer.REFUSED;
    } catch (BackendException e) {
      LOG.info(
          "Account {}: a password could not be checked: {}", account.accountId(), e.getMessage());
      return LoginCheck.Answer.UNREACHABLE;
    }
  }

  private void registerGauges(
      OpenAccounts accounts, BasicAuthentication authentication, Workers jmapWorkers) {
    metrics.gauge("jmap_backend_workers_active", accounts::openCount);
    metrics.gauge("jmap_backend_queue_depth", jmapWorkers::waiting);
    metrics.gauge("jmap_sse_connections_active", streams::count);
    metrics.gauge("jmap_backfilling_accounts", accounts::firstSyncs);
    metrics.gauge("jmap_folders", accounts::folders);
    metrics.gauge("jmap_messages", accounts::messages);
    metrics.gauge("jmap_auth_cache_entries", authentication::cachedLogins);
  }

  private static CredentialVault vault(ServerConfig config) {
    if (config.secretKey().isEmpty()) {
      LOG.warn("Passwords are stored as plain text; set JMAP_SECRET_KEY to seal them");
    }
    return config.secretKey().map(CredentialVault::sealedWith).orElseGet(CredentialVault::plain);
  }

  private static void tellWhatStaysSealed(AccountDirectory directory, CredentialVault vault) {
    List<String> sealed =
        directory.all().stream()
            .filter(account -> !vault.opens(account.sealedSecret()))
            .map(StoredAccount::accountId)
            .toList();
    if (!sealed.isEmpty()) {
      LOG.error(
          "The stored passwords of {} accounts, {} among them, cannot be opened; stop and set"
              + " JMAP_SECRET_KEY to the key they were sealed with",
          sealed.size(),
          sealed.get(0));
    }
  }

  /** What is cancelled is forgotten at once, not when its time comes. */
  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, daemons("timer"));
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  private static ExecutorService pool(String name) {
    return Executors.newCachedThreadPool(daemons(name));
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(task, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  private static void stop(ExecutorService executor) {
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.warn("Some work did not stop in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private <T extends AutoCloseable> T closeLater(T resource) {
    closing.push(resource);
    return resource;
  }

  private <T> T closeLater(T resource, java.util.function.Consumer<? super T> how) {
    closing.push(() -> how.accept(resource));
    return resource;
  }

  private void closeAll() {
    while (!closing.isEmpty()) {
      try {
        closing.pop().close();
      } catch (Exception e) {
        LOG.warn("Something did not close properly", e);
      }
    }
  }
}
