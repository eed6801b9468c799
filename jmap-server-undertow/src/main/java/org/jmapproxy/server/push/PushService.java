package org.jmapproxy.server.push;

import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.core.types.PushModule;
import org.jmapproxy.server.config.DataDirectory;
import org.jmapproxy.server.config.ServerConfig;
import org.jmapproxy.server.config.StartupException;
import org.jmapproxy.server.lifecycle.OpenAccounts;
import org.jmapproxy.server.metrics.ServerMetrics;
import org.jmapproxy.server.outbound.PinnedHttp;
import org.jmapproxy.server.vault.CredentialVault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Push subscriptions while the proxy runs. Thread-safe. */
public final class PushService implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PushService.class);

  private final PushFile file;
  private final OutboundHttp http;
  private final PushModule module;

  /**
   * Opens the file of subscriptions; nothing is pushed before {@link #start}.
   *
   * @param network runs what waits for push services
   * @param timer for short work at a later time
   * @throws StartupException if the file cannot be used
   */
  public PushService(
      ServerConfig config,
      DataDirectory data,
      CredentialVault vault,
      OpenAccounts accounts,
      ServerMetrics metrics,
      ExecutorService network,
      ScheduledExecutorService timer,
      Clock clock) {
    AddressPolicy addresses =
        config.pushToPrivateAddresses() ? AddressPolicy.anywhere() : AddressPolicy.publicInternet();
    file = PushFile.open(data, vault);
    http = new PinnedHttp(addresses, timer, trustOfThePlatform());
    module =
        PushModule.builder()
            .accounts(accounts)
            .http(http)
            .executor(network)
            .timer((delay, task) -> schedule(timer, delay.toMillis(), task))
            .store(file)
            .lease(principal -> lease(accounts, principal))
            .observer(
                outcome ->
                    metrics.counter("jmap_push_" + outcome.name().toLowerCase(Locale.ROOT)).inc())
            .addresses(addresses)
            .plainHttp(config.pushWithoutTls())
            .clock(clock)
            .build();
    metrics.gauge("jmap_push_subscriptions", module::count);
  }

  /** What JMAP clients see of it. */
  public JmapModule module() {
    return module;
  }

  /** Takes up the subscriptions of before; their accounts wake one after the other. */
  public void start() {
    module.start();
  }

  /** An account was changed or opened anew. */
  public void accountChanged(String accountId) {
    module.accountChanged(Id.of(accountId));
  }

  /** The password of an account is another one, or the account is gone. */
  public void credentialsEnded(String accountId) {
    module.end(accountId);
  }

  /** Stops to push; subscriptions are kept. */
  @Override
  public void close() {
    module.close();
    http.close();
    file.close();
  }

  private static Subscription lease(OpenAccounts accounts, Principal principal) {
    OpenAccounts.Use use = accounts.use(principal);
    return use::close;
  }

  private static void schedule(ScheduledExecutorService timer, long millis, Runnable task) {
    try {
      Future<?> unused = timer.schedule(logged(task), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      return; // the proxy stops
    }
  }

  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.error("A timed task of push failed", e);
      }
    };
  }

  private static SSLContext trustOfThePlatform() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw StartupException.unavailable("This Java has no TLS: " + e.getMessage());
    }
  }
}
