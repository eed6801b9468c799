package org.jmapproxy.server;

import java.time.Duration;
import java.util.List;
import org.jmapproxy.backend.imap.ImapBackend;
import org.jmapproxy.backend.imap.discovery.SrvDiscovery;
import org.jmapproxy.backend.passthrough.PassthroughBackend;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.backend.Backend;
import org.jmapproxy.core.http.AddressPolicy;
import org.jmapproxy.core.http.OutboundHttp;
import org.jmapproxy.core.session.Limits;
import org.jmapproxy.core.types.BlobModule;
import org.jmapproxy.mail.MailModule;
import org.jmapproxy.mail.mdn.MdnModule;
import org.jmapproxy.mail.quota.QuotaModule;
import org.jmapproxy.mail.sieve.SieveModule;
import org.jmapproxy.mail.vacation.VacationModule;

/** What the proxy is made of when it is started by its jar: a list to read, and to change. */
public final class StandardParts {

  private static final Duration DNS_PATIENCE = Duration.ofSeconds(3);

  private StandardParts() {}

  /** What JMAP clients can talk about. */
  public static List<JmapModule> modules() {
    return List.of(
        new MailModule(),
        new QuotaModule(),
        new VacationModule(),
        new MdnModule(),
        new SieveModule(),
        new BlobModule(Limits.standard()));
  }

  /** Where accounts can live. */
  public static BackendFactory backends() {
    return surroundings -> List.of(imap(surroundings), passthrough(surroundings));
  }

  /** Operators name the servers of these accounts, so that they may be anywhere if they like. */
  private static Backend passthrough(BackendFactory.Surroundings surroundings) {
    AddressPolicy addresses =
        surroundings.config().publicUpstreamsOnly()
            ? AddressPolicy.publicInternet()
            : AddressPolicy.anywhere();
    return PassthroughBackend.builder()
        .dataDirectory(surroundings.dataDirectory())
        .http(OutboundHttp.jdk(surroundings.network(), addresses))
        .networkExecutor(surroundings.network())
        .watcherThreads(surroundings.watchers())
        .changeBus(surroundings.changes())
        .clock(surroundings.clock())
        .pollInterval(surroundings.config().syncInterval())
        .build();
  }

  private static Backend imap(BackendFactory.Surroundings surroundings) {
    return ImapBackend.builder()
        .dataDirectory(surroundings.dataDirectory())
        .networkExecutor(surroundings.network())
        .storageExecutor(surroundings.storage())
        .watcherThreads(surroundings.watchers())
        .timers(surroundings.timer())
        .changeBus(surroundings.changes())
        .clock(surroundings.clock())
        .observer(new ImapMetrics(surroundings.metrics()))
        .discovery(SrvDiscovery.ofThisMachine(DNS_PATIENCE))
        .maxConnectionsPerServer(surroundings.config().maxServerConnections())
        .idleTimeout(surroundings.config().idleTimeout())
        .pollInterval(surroundings.config().syncInterval())
        .trustAnyCertificate(surroundings.config().ignoreInvalidCertificates())
        .build();
  }
}
