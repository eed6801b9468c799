package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A throw-away Cyrus 3.6. User names may have a domain or not. {@link #ADMINISTRATOR} may do
 * everything to everybody's folders. Works as root and as an ordinary user.
 *
 * <pre>{@code
 * @RegisterExtension static final CyrusServer cyrus = CyrusServer.standard();
 * }</pre>
 */
public final class CyrusServer implements RealServer {
  /** The user that sees all folders under their real names, like {@code user/ann/Sent}. */
  public static final String ADMINISTRATOR = "cyrus";

  private final CyrusConfiguration configuration;
  private Optional<Running> running = Optional.empty();

  private record Running(ServerProcess process, PasswordDaemon passwords, CyrusPorts ports) {}

  private CyrusServer(CyrusConfiguration configuration) {
    this.configuration = configuration;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** A server for IMAP that offers everything, with folders beside INBOX, separated by slashes. */
  public static CyrusServer standard() {
    return builder().build();
  }

  @Override
  public void start() {
    Optional<Path> binaries = CyrusConfiguration.imapBinaries();
    if (binaries.isEmpty()) {
      RequiredServers.missing("Cyrus is not installed");
      return;
    }
    try {
      running = Optional.of(launch(binaries.get()));
      Runtime.getRuntime().addShutdownHook(new Thread(this::close, "cyrus-stop"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Running launch(Path binaries) throws IOException, InterruptedException {
    Path directory = ServerProcess.newDirectory("cyrus-");
    CyrusPorts ports = CyrusPorts.free(configuration.services());
    List<String> command = configuration.write(directory, binaries, ports);
    PasswordDaemon passwords = PasswordDaemon.at(directory.resolve("mux"));
    return new Running(ServerProcess.start(directory, command, ports.all()), passwords, ports);
  }

  @Override
  public void close() {
    running.ifPresent(CyrusServer::stop);
    running = Optional.empty();
  }

  private static void stop(Running server) {
    server.process().stop();
    server.passwords().close();
  }

  @Override
  public int imapPort() {
    return running().ports().imap();
  }

  @Override
  public int imapsPort() {
    return running().ports().imaps();
  }

  /** The port of JMAP, CalDAV and CardDAV, if it was built {@link Builder#withHttp}. */
  public int httpPort() {
    return running().ports().of(CyrusService.HTTP);
  }

  /** The port of LMTP, if it was built {@link Builder#withLmtp}. */
  public int lmtpPort() {
    return running().ports().of(CyrusService.LMTP);
  }

  /** The port of ManageSieve, if it was built {@link Builder#withSieve}. */
  public int sievePort() {
    return running().ports().of(CyrusService.SIEVE);
  }

  @Override
  public void seed(String user, String mailbox, int messages) {
    Seeding.append(this, user, mailbox, messages);
  }

  private Running running() {
    return running.orElseThrow(() -> new IllegalStateException("Cyrus is not running"));
  }

  /** Where a user's folders are, and what separates their names. */
  public enum Hierarchy {
    /** {@code Sent/2026}. */
    BESIDE_INBOX_SLASH(true, '/'),
    /** {@code Sent.2026}. */
    BESIDE_INBOX_DOT(true, '.'),
    /** {@code INBOX/Sent/2026}. */
    BELOW_INBOX_SLASH(false, '/'),
    /** {@code INBOX.Sent.2026}, the way of older installations. */
    BELOW_INBOX_DOT(false, '.');

    private final boolean besideInbox;
    private final char separator;

    Hierarchy(boolean besideInbox, char separator) {
      this.besideInbox = besideInbox;
      this.separator = separator;
    }

    boolean besideInbox() {
      return besideInbox;
    }

    /** The separator. */
    public char separator() {
      return separator;
    }

    /** The name of a user's folder. */
    public String folder(String name) {
      return besideInbox ? name : "INBOX" + separator + name;
    }
  }

  /** Chooses what the server offers. */
  public static final class Builder {
    private Hierarchy hierarchy = Hierarchy.BESIDE_INBOX_SLASH;
    private String hidden = "";
    private final List<CyrusService> services = new ArrayList<>();
    private String extra = "";

    private Builder() {}

    public Builder hierarchy(Hierarchy newHierarchy) {
      hierarchy = newHierarchy;
      return this;
    }

    /** Does not announce those capabilities; they work for a client that uses them all the same. */
    public Builder without(String... capabilities) {
      hidden = String.join(" ", capabilities);
      return this;
    }

    /** Offers JMAP, CalDAV and CardDAV, and keeps an index of words. */
    public Builder withHttp() {
      return with(CyrusService.HTTP);
    }

    /** Takes mail, from anybody. */
    public Builder withLmtp() {
      return with(CyrusService.LMTP);
    }

    /** Offers ManageSieve. */
    public Builder withSieve() {
      return with(CyrusService.SIEVE);
    }

    private Builder with(CyrusService service) {
      services.add(service);
      return this;
    }

    /** More lines for imapd.conf. */
    public Builder configuration(String lines) {
      extra = lines;
      return this;
    }

    public CyrusServer build() {
      return new CyrusServer(
          new CyrusConfiguration(hierarchy, hidden, List.copyOf(services), extra));
    }
  }
}
