package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A throw-away Dovecot 2.3. Works as root and as an ordinary user.
 *
 * <pre>{@code
 * @RegisterExtension static final DovecotServer dovecot = DovecotServer.builder().build();
 * }</pre>
 */
public final class DovecotServer implements RealServer {
  private final DovecotConfiguration configuration;
  private Optional<Running> running = Optional.empty();

  private record Running(ServerProcess process, Ports ports) {}

  /** Where it listens. */
  record Ports(int imap, int imaps, int sieve) {
    static Ports free() {
      int[] ports = FreePorts.take(3);
      return new Ports(ports[0], ports[1], ports[2]);
    }
  }

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

  @Override
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
    Path directory = ServerProcess.newDirectory("dovecot-");
    Ports ports = Ports.free();
    Path file = configuration.write(directory, ports);
    List<String> command = List.of(binary.toString(), "-F", "-c", file.toString());
    return new Running(ServerProcess.start(directory, command, ports.imap()), ports);
  }

  @Override
  public void close() {
    running.ifPresent(server -> server.process().stop());
    running = Optional.empty();
  }

  @Override
  public int imapPort() {
    return running().ports().imap();
  }

  @Override
  public int imapsPort() {
    return running().ports().imaps();
  }

  /** The port of ManageSieve, if it was built {@link Builder#withSieve}. */
  public int sievePort() {
    return running().ports().sieve();
  }

  /** The self-signed certificate, in PEM. */
  public Path certificate() {
    return running().process().directory().resolve("cert.pem");
  }

  /** What Dovecot wrote to its log so far. */
  public String log() {
    return running().process().text("dovecot.log");
  }

  /** Makes empty mailboxes of a user who has logged in before. With Maildir only. */
  public void makeFolders(String user, List<String> mailboxes) {
    new Seeding(this, configuration.format(), running().process().directory())
        .makeFolders(user, mailboxes);
  }

  /**
   * Makes a mailbox forget its UIDs and UIDVALIDITY, as when an administrator lost them. With
   * Maildir only. Ends all sessions first.
   */
  public void loseUids(String user, String mailbox) {
    dropConnections();
    new Seeding(this, configuration.format(), running().process().directory())
        .loseUids(user, mailbox);
  }

  /** With Maildir they are written as files (INTERNALDATE a minute apart), else appended. */
  @Override
  public void seed(String user, String mailbox, int messages) {
    new Seeding(this, configuration.format(), running().process().directory())
        .seed(user, mailbox, messages);
  }

  /** Kills the sessions of all users, as a restart of the server would. */
  public void dropConnections() {
    running()
        .process()
        .process()
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("/imap"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private Running running() {
    return running.orElseThrow(() -> new IllegalStateException("Dovecot is not running"));
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
    private boolean sieve;
    private boolean shares;
    private long quotaBytes;
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

    /** Offers ManageSieve. */
    public Builder withSieve() {
      sieve = true;
      return this;
    }

    /**
     * Lets users share folders by ACL, which others see below {@code shared/user/}; Maildir only.
     */
    public Builder withSharing() {
      shares = true;
      return this;
    }

    /** Gives every user so much room, and offers QUOTA. */
    public Builder quota(long bytes) {
      quotaBytes = bytes;
      return this;
    }

    /** More lines for the end of the configuration. */
    public Builder configuration(String lines) {
      extra = lines;
      return this;
    }

    public DovecotServer build() {
      return new DovecotServer(
          new DovecotConfiguration(format, capability, sieve, shares, quotaBytes, extra));
    }
  }
}
