package org.jmapproxy.backend.imap.internal.account;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.ImapCredentials;
import org.jmapproxy.backend.imap.internal.protocol.ImapEndpoint;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.jmapproxy.backend.imap.internal.sieve.SieveEndpoint;
import org.jmapproxy.backend.imap.internal.smtp.SmtpEndpoint;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.error.BackendException;

/** Reads the fields of the management API that say where an account's mail is. */
public final class AccountSettings {
  private static final String DEFAULT_PORT = "993";
  private static final String DEFAULT_TLS = "2";
  private static final String DEFAULT_SMTP_PORT = "587";
  private static final String DEFAULT_SMTP_TLS = "3";

  private static final Duration SIEVE_PATIENCE = Duration.ofSeconds(5);
  private static final Duration SIEVE_SILENCE = Duration.ofSeconds(20);
  private static final Duration SIEVE_WORK = Duration.ofMinutes(2);

  private AccountSettings() {}

  /**
   * Where the IMAP server is.
   *
   * @throws BackendException when a setting is missing or makes no sense
   */
  public static ImapEndpoint endpoint(AccountConfiguration account, Environment environment) {
    Map<String, String> settings = account.settings();
    String host = settings.getOrDefault("imapHost", "").strip();
    if (host.isEmpty()) {
      throw broken("imapHost is not set");
    }
    ImapEndpoint endpoint =
        ImapEndpoint.of(
                host,
                port(settings, "imapPort", DEFAULT_PORT),
                tls(settings, "imapSSL", DEFAULT_TLS))
            .withConnector(environment.connector())
            .withTimeouts(environment.connectTimeout(), environment.readTimeout())
            .withTimers(environment.timers());
    if (environment.sslContext().isPresent()) {
      endpoint = endpoint.withSslContext(environment.sslContext().get());
    }
    if (isReadOnly(account)) {
      endpoint = endpoint.readingOnly();
    }
    return environment.trustAnyCertificate() ? endpoint.trustingAnyCertificate() : endpoint;
  }

  /**
   * Where the ManageSieve server may be, the likeliest first: as the settings say, else as the
   * domain's DNS says (RFC 5804 section 1.8) and beside the IMAP server. Getting them may take a
   * look at the DNS.
   *
   * @throws BackendException when a setting makes no sense
   */
  static Supplier<List<SieveEndpoint>> sieve(
      AccountConfiguration account, Environment environment) {
    Map<String, String> settings = account.settings();
    ImapEndpoint imap = endpoint(account, environment);
    String host = settings.getOrDefault("sieveHost", "").strip();
    TlsMode usual = imap.tls() == TlsMode.PLAIN ? TlsMode.PLAIN : TlsMode.STARTTLS;
    SieveEndpoint told =
        sieve(
            environment,
            host.isEmpty() ? imap.host() : host,
            port(settings, "sievePort", Integer.toString(SieveEndpoint.PORT)),
            settings.containsKey("sieveSSL") ? tls(settings, "sieveSSL", "3") : usual);
    if (!host.isEmpty() || settings.containsKey("sievePort")) {
      return () -> List.of(told);
    }
    String domain = account.email().substring(account.email().lastIndexOf('@') + 1);
    return () ->
        Stream.concat(
                environment.sieveOfDomain().apply(domain).stream()
                    .map(
                        found ->
                            sieve(
                                environment,
                                found.host(),
                                found.port(),
                                TlsMode.of(found.security()))),
                Stream.of(told))
            .toList();
  }

  private static SieveEndpoint sieve(Environment environment, String host, int port, TlsMode tls) {
    return new SieveEndpoint(
        host,
        port,
        tls,
        shorter(environment.connectTimeout(), SIEVE_PATIENCE),
        shorter(environment.readTimeout(), SIEVE_SILENCE),
        SIEVE_WORK,
        environment.timers(),
        environment.sslContext(),
        environment.trustAnyCertificate(),
        environment.connector());
  }

  /** It may not exist: nobody should wait long to find that out. */
  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** The addresses of the account's owner. */
  static List<String> addresses(AccountConfiguration account) {
    return Stream.of(account.email(), account.credentials().username())
        .filter(text -> text.indexOf('@') > 0)
        .distinct()
        .toList();
  }

  /** Whether nothing may be changed at the server. */
  static boolean isReadOnly(AccountConfiguration account) {
    return Boolean.parseBoolean(account.settings().getOrDefault("readOnly", "").strip());
  }

  /** What to log in with; asks the account's credentials anew each time. */
  public static ImapCredentials credentials(AccountConfiguration account) {
    Credentials credentials = account.credentials();
    return new ImapCredentials() {
      @Override
      public String user() {
        return credentials.username();
      }

      @Override
      public String secret() {
        return credentials.secret();
      }

      @Override
      public boolean isBearer() {
        return credentials.scheme() == Credentials.Scheme.BEARER;
      }
    };
  }

  /**
   * Where the submission server is; empty when the account cannot send.
   *
   * @throws BackendException when a setting makes no sense
   */
  public static Optional<SmtpEndpoint> submission(
      AccountConfiguration account, Environment environment) {
    Map<String, String> settings = account.settings();
    String host = settings.getOrDefault("smtpHost", "").strip();
    if (host.isEmpty() || isReadOnly(account)) {
      return Optional.empty();
    }
    return Optional.of(
        SmtpEndpoint.of(
            host,
            port(settings, "smtpPort", DEFAULT_SMTP_PORT),
            tls(settings, "smtpSSL", DEFAULT_SMTP_TLS),
            environment.sslContext(),
            environment.trustAnyCertificate(),
            environment.connector()));
  }

  private static int port(Map<String, String> settings, String name, String fallback) {
    int port = number(settings, name, fallback);
    if (port < 1 || port > 65535) {
      throw broken(name + " is not a port");
    }
    return port;
  }

  private static TlsMode tls(Map<String, String> settings, String name, String fallback) {
    int mode = number(settings, name, fallback);
    if (mode < 0 || mode > 3) {
      throw broken(name + " is none of 0, 1, 2 and 3");
    }
    return TlsMode.of(mode);
  }

  private static int number(Map<String, String> settings, String name, String fallback) {
    try {
      return Integer.parseInt(settings.getOrDefault(name, fallback).strip());
    } catch (NumberFormatException e) {
      throw new BackendException(
          BackendException.Reason.BROKEN, name + " of the account is not a number", e);
    }
  }

  private static BackendException broken(String problem) {
    return new BackendException(
        BackendException.Reason.BROKEN, "The account's settings are incomplete: " + problem);
  }
}
