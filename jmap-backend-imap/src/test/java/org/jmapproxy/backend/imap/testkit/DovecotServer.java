package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.ImapCredentials;
import org.jmapproxy.backend.imap.internal.protocol.ImapEndpoint;
import org.jmapproxy.backend.imap.internal.protocol.TlsMode;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A throw-away Dovecot 2.3 as a child process on free loopback ports, in a directory of its own.
 * Every user name exists, with the password {@link #PASSWORD}; users are made by their first login.
 * Works as root and as an ordinary user.
 *
 * <pre>{@code
 * @RegisterExtension static final DovecotServer dovecot = DovecotServer.builder().build();
 * }</pre>
 *
 * <p>Started for a test class, stopped by its process after it; {@link #start} and {@link #close}
 * serve programs without JUnit.
 */
public final class DovecotServer implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
  /** Every user's password; not ASCII, so that logins prove their encoding. */
  public static final String PASSWORD = "pässwörd";

  private static final Duration START = Duration.ofSeconds(20);

  private final DovecotConfiguration configuration;
  private Optional<Running> running = Optional.empty();

  private record Running(Process process, Path directory, int imapPort, int imapsPort) {}

  private DovecotServer(DovecotConfiguration configuration) {
    this.configuration = configuration;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A server that offers everything, with Maildir. */
  public static DovecotServer standard() {
    return builder().build();
  }

  /** Starts it; skips or fails the test if there is no Dovecot on this machine. */
  public void start() {
    Optional<Path> binary = DovecotConfiguration.binary();
    if (binary.isEmpty()) {
      RequiredServers.missing("Dovecot is not installed");
      return;
    }
    try {
      running = Optional.of(launch(binary.get()));
      Runtime.getRuntime().addShutdownHook(new Thread(this::close, "dovecot-stop"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Running launch(Path binary) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("dovecot-");
    int[] ports = FreePorts.two();
    Path file = configuration.write(directory, ports[0], ports[1]);
    Process process =
        new ProcessBuilder(binary.toString(), "-F", "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("out.log").toFile())
            .start();
    Running started = new Running(process, directory, ports[0], ports[1]);
    if (!FreePorts.awaitListener(ports[0], process, START)) {
      String output = Files.readString(directory.resolve("out.log")) + logOf(directory);
      stop(started);
      throw new IllegalStateException("Dovecot did not start: " + output);
    }
    return started;
  }

  @Override
  public void close() {
    running.ifPresent(DovecotServer::stop);
    running = Optional.empty();
  }

  private static void stop(Running server) {
    Process process = server.process();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteTree(server.directory());
  }

  /** Files vanish under our feet while the last child ends, so a few rounds are taken. */
  private static void deleteTree(Path directory) {
    for (int round = 0; round < 5 && Files.exists(directory); round++) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        Thread.onSpinWait();
      }
    }
  }

  public String host() {
    return "127.0.0.1";
  }

  /** The port for plain text and STARTTLS. */
  public int imapPort() {
    return running().imapPort();
  }

  /** The port with TLS from the start. */
  public int imapsPort() {
    return running().imapsPort();
  }

  /** Where to connect; certificates are not checked (ours is self-signed). */
  public ImapEndpoint endpoint(TlsMode tls) {
    int port = tls == TlsMode.IMPLICIT ? imapsPort() : imapPort();
    return ImapEndpoint.of(host(), port, tls)
        .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(30))
        .trustingAnyCertificate();
  }

  /** A connection in plain text, logged in as that user. */
  public ImapConnection connect(String user) {
    return ImapConnection.open(endpoint(TlsMode.PLAIN), credentials(user));
  }

  public ImapCredentials credentials(String user) {
    return ImapCredentials.password(user, PASSWORD);
  }

  /** The self-signed certificate, in PEM. */
  public Path certificate() {
    return running().directory().resolve("cert.pem");
  }

  /** What Dovecot wrote to its log so far. */
  public String log() {
    return logOf(running().directory());
  }

  private static String logOf(Path directory) {
    try {
      Path log = directory.resolve("dovecot.log");
      return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Puts messages into a mailbox, which is made if it is not there: {@link SampleMessages} number 1
   * to {@code messages}. With Maildir they are written as files (INTERNALDATE a minute apart), else
   * appended.
   */
  public void seed(String user, String mailbox, int messages) {
    new Seeding(this, configuration.format(), running().directory()).seed(user, mailbox, messages);
  }

  /** Kills the sessions of all users, as a restart of the server would. */
  public void dropConnections() {
    running()
        .process()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/imap"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private Running running() {
    return running.orElseThrow(() -> new IllegalStateException("Dovecot is not running"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** How messages are stored. */
  public enum Format {
    MAILDIR,
    SDBOX,
    MDBOX
  }

  /** Chooses what the server offers. */
  public static final class Builder {
    private Format format = Format.MAILDIR;
    private String capability = "";
    private String extra = "";

    private Builder() {}

    public Builder format(Format newFormat) {
      format = newFormat;
      return this;
    }

    /** The CAPABILITY line after login instead of all that Dovecot can. */
    public Builder capability(String line) {
      capability = line;
      return this;
    }

    /** Offers nothing beyond IMAP4rev1 and UIDPLUS: no CONDSTORE, no QRESYNC, no lists in one. */
    public Builder plainImap() {
      return capability("IMAP4rev1 LITERAL+ UIDPLUS IDLE NAMESPACE UNSELECT CHILDREN");
    }

    /** Offers mod-sequences, but not QRESYNC. */
    public Builder condstoreWithoutQresync() {
      return capability(
          "IMAP4rev1 LITERAL+ UIDPLUS IDLE NAMESPACE UNSELECT CHILDREN ENABLE CONDSTORE ESEARCH"
              + " LIST-EXTENDED LIST-STATUS SPECIAL-USE MOVE");
    }

    /** More lines for the end of the configuration. */
    public Builder configuration(String lines) {
      extra = lines;
      return this;
    }

    public DovecotServer build() {
      return new DovecotServer(new DovecotConfiguration(format, capability, extra));
    }
  }
}
