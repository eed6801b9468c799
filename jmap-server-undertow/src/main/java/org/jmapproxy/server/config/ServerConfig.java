package org.jmapproxy.server.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of one proxy. Immutable; {@link #toString()} shows no secret.
 *
 * @param jmapHost address that the JMAP port listens on
 * @param jmapPort port for JMAP clients; 0 lets the system choose
 * @param managementHost address that the management port listens on
 * @param managementPort port for the operator; 0 lets the system choose
 * @param publicUrl the address under which clients see the JMAP port, without trailing slash; empty
 *     means {@code http://localhost:<port>}
 * @param dataDirectory where accounts and replicas are kept
 * @param idleTimeout how long an account without use keeps its connections; zero means always
 * @param syncInterval time between two background rounds of an open account
 * @param maxServerConnections how many connections all accounts may have to one mail server
 * @param debug whether the protocol is logged, without secrets
 * @param secretKey the key or passphrase that seals stored passwords
 * @param allowedManagementHosts further host names under which the management port answers
 * @param ignoreInvalidCertificates whether mail servers may show any certificate
 * @param publicUpstreamsOnly whether JMAP servers of accounts must have public addresses
 * @param pushToPrivateAddresses whether clients may have pushes sent to addresses outside the
 *     public internet
 * @param pushWithoutTls whether clients may have pushes sent to http addresses
 */
public record ServerConfig(
    String jmapHost,
    int jmapPort,
    String managementHost,
    int managementPort,
    Optional<URI> publicUrl,
    Path dataDirectory,
    Duration idleTimeout,
    Duration syncInterval,
    int maxServerConnections,
    boolean debug,
    Optional<String> secretKey,
    Set<String> allowedManagementHosts,
    boolean ignoreInvalidCertificates,
    boolean publicUpstreamsOnly,
    boolean pushToPrivateAddresses,
    boolean pushWithoutTls) {

  /** Copies the set. */
  public ServerConfig {
    allowedManagementHosts = Set.copyOf(allowedManagementHosts);
  }

  /**
   * Reads the settings from environment variables.
   *
   * @throws StartupException if a value cannot be used
   */
  public static ServerConfig fromEnvironment(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    return new ServerConfig(
        environment.text("JMAP_HOST").orElse("0.0.0.0"),
        environment.port("JMAP_PORT", 9000),
        environment.text("JMAP_MGMT_HOST").orElse("127.0.0.1"),
        environment.port("JMAP_MGMT_PORT", 8080),
        environment.baseUrl("BASEURL"),
        environment.text("JMAP_DATADIR").map(Path::of).orElseGet(() -> homeOfData(environment)),
        environment.seconds("JMAP_IDLE_TIMEOUT", 300),
        environment.secondsAboveZero("JMAP_SYNC_INTERVAL", 30),
        environment.countAboveZero("JMAP_MAX_SERVER_CONNECTIONS", 1000),
        environment.isSet("JMAP_DEBUG"),
        environment.text("JMAP_SECRET_KEY"),
        environment.hosts("JMAP_MGMT_ALLOWED_HOSTS"),
        environment.isSet("IGNORE_INVALID_CERT"),
        environment.isSet("JMAP_PUBLIC_UPSTREAMS_ONLY"),
        environment.isSet("JMAP_PUSH_ALLOW_PRIVATE"),
        environment.isSet("JMAP_PUSH_ALLOW_HTTP"));
  }

  /** The public address when the JMAP port is bound to {@code boundPort}. */
  public String baseUrl(int boundPort) {
    return publicUrl.map(URI::toString).orElse("http://localhost:" + boundPort);
  }

  @Override
  public String toString() {
    return "ServerConfig[jmap=%s:%d, management=%s:%d, publicUrl=%s, dataDirectory=%s, idleTimeout=%s, syncInterval=%s, debug=%s, sealed=%s]"
        .formatted(
            jmapHost,
            jmapPort,
            managementHost,
            managementPort,
            publicUrl.map(URI::toString).orElse("-"),
            dataDirectory,
            idleTimeout,
            syncInterval,
            debug,
            secretKey.isPresent());
  }

  private static Path homeOfData(Environment environment) {
    Path shared =
        environment
            .text("XDG_DATA_HOME")
            .map(Path::of)
            .filter(Path::isAbsolute)
            .orElseGet(() -> homeDirectory(environment).resolve(".local").resolve("share"));
    return shared.resolve("jmap-proxy");
  }

  private static Path homeDirectory(Environment environment) {
    return Path.of(environment.text("HOME").orElseGet(() -> System.getProperty("user.home")));
  }
}
