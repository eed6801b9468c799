package org.jmapproxy.server;

import ch.qos.logback.classic.Level;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jmapproxy.server.config.ServerConfig;
import org.jmapproxy.server.config.StartupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Starts the proxy with settings from the environment and stops it on SIGTERM or SIGINT. */
@Command(
    name = "jmap-proxy",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Puts JMAP in front of mail accounts that live elsewhere.",
    footerHeading = "%nSettings are environment variables:%n",
    footer = {
      "  JMAP_PORT                port for JMAP clients (9000; 0 = any free port)",
      "  JMAP_HOST                address it listens on (0.0.0.0)",
      "  BASEURL                  public address (http://localhost:$JMAP_PORT)",
      "  JMAP_MGMT_PORT           port of the management API and dashboard (8080)",
      "  JMAP_MGMT_HOST           address it listens on (127.0.0.1)",
      "  JMAP_MGMT_ALLOWED_HOSTS  host names it answers to beside localhost",
      "  JMAP_DATADIR             where accounts are kept (~/.local/share/jmap-proxy)",
      "  JMAP_IDLE_TIMEOUT        seconds until an unused account sleeps (300; 0 = never)",
      "  JMAP_SYNC_INTERVAL       seconds between background rounds (30)",
      "  JMAP_MAX_SERVER_CONNECTIONS  connections to one mail server, of all accounts (1000)",
      "  JMAP_SECRET_KEY          seals stored passwords: 64 hex digits or a passphrase",
      "  JMAP_PUSH_ALLOW_PRIVATE  any value: push to private and loopback addresses too",
      "  JMAP_PUSH_ALLOW_HTTP     any value: push to http addresses too; for tests",
      "  JMAP_DEBUG               any value: log what happens in detail, without secrets",
      "  JMAP_PUBLIC_UPSTREAMS_ONLY  any value: JMAP servers of accounts at public addresses only",
      "  IGNORE_INVALID_CERT      any value: accept any certificate of mail servers"
    })
public final class ServerMain implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(ServerMain.class);

  private final Map<String, String> variables;
  private final PrintStream errors;

  ServerMain(Map<String, String> variables, PrintStream errors) {
    this.variables = variables;
    this.errors = errors;
  }

  /** The entry point of the jar. */
  public static void main(String[] arguments) {
    int exitCode = new CommandLine(new ServerMain(System.getenv(), System.err)).execute(arguments);
    if (exitCode != 0 || isQuestion(arguments)) {
      System.exit(exitCode);
    }
  }

  /** Starts the proxy; it goes on after this returns. */
  @Override
  public Integer call() {
    try {
      ServerConfig config = ServerConfig.fromEnvironment(variables);
      if (config.debug()) {
        logInDetail();
      }
      LOG.debug("{}", config);
      StopWithProcess.started(
          () -> ProxyServer.start(config, StandardParts.modules(), StandardParts.backends()));
      return 0;
    } catch (StartupException e) {
      errors.println("jmap-proxy: " + e.getMessage());
      return e.exitCode();
    }
  }

  private static boolean isQuestion(String[] arguments) {
    return arguments.length > 0;
  }

  private static void logInDetail() {
    if (LoggerFactory.getLogger("org.jmapproxy") instanceof ch.qos.logback.classic.Logger logger) {
      logger.setLevel(Level.DEBUG);
    }
  }
}
