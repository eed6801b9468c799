package org.jmapproxy.backend.imap.discovery;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Lookup;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Asks the DNS for the mail servers of a domain (RFC 6186, RFC 8314 section 5.1). Thread-safe. */
public final class SrvDiscovery {

  private static final int TLS = 2;
  private static final int STARTTLS = 3;

  private final Resolver resolver;

  /** Asks this resolver, whose timeout bounds each question. */
  public SrvDiscovery(Resolver resolver) {
    this.resolver = resolver;
  }

  /** Asks the name servers of this machine, each question for a while at most. */
  public static SrvDiscovery ofThisMachine(Duration patience) {
    ExtendedResolver resolver = new ExtendedResolver();
    resolver.setTimeout(patience);
    resolver.setRetries(1);
    return new SrvDiscovery(resolver);
  }

  /** The IMAP server of a domain; with TLS from the start if there is a choice. */
  public Optional<MailServer> imap(String domain) {
    return find("_imaps._tcp", domain, TLS).or(() -> find("_imap._tcp", domain, STARTTLS));
  }

  /** The submission server of a domain; with TLS from the start if there is a choice. */
  public Optional<MailServer> submission(String domain) {
    return find("_submissions._tcp", domain, TLS)
        .or(() -> find("_submission._tcp", domain, STARTTLS));
  }

  /** The ManageSieve server of a domain (RFC 5804 section 1.8), which offers STARTTLS. */
  public Optional<MailServer> sieve(String domain) {
    return find("_sieve._tcp", domain, STARTTLS);
  }

  private Optional<MailServer> find(String service, String domain, int security) {
    try {
      Lookup lookup = new Lookup(new Name(service + "." + domain + "."), Type.SRV);
      lookup.setResolver(resolver);
      lookup.setCache(null);
      Record[] records = lookup.run();
      return records == null
          ? Optional.empty()
          : Arrays.stream(records)
              .filter(SRVRecord.class::isInstance)
              .map(SRVRecord.class::cast)
              .filter(srv -> !srv.getTarget().equals(Name.root) && srv.getPort() > 0)
              .min(
                  Comparator.comparingInt(SRVRecord::getPriority)
                      .thenComparing(Comparator.comparingInt(SRVRecord::getWeight).reversed()))
              .map(srv -> new MailServer(srv.getTarget().toString(true), srv.getPort(), security));
    } catch (TextParseException e) {
      return Optional.empty();
    }
  }
}
