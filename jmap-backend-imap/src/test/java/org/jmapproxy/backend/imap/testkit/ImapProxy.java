package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.ImapBackend;
import org.jmapproxy.backend.imap.ImapBackendBuilder;
import org.jmapproxy.core.backend.AccountConfiguration;
import org.jmapproxy.core.backend.Credentials;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.push.ChangeBus;

/** An {@link ImapBackend} with threads and a throw-away data directory of its own. */
public final class ImapProxy implements AutoCloseable {
  private static final Duration BOUND = Duration.ofSeconds(60);

  private final Path directory;
  private final boolean keepsDirectory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
  private final ChangeBus changes = new ChangeBus();
  private final ImapBackend backend;

  /** A backend with the settings that tests like. */
  public ImapProxy() {
    this(builder -> builder);
  }

  /** A backend with settings of the test's choice. */
  public ImapProxy(UnaryOperator<ImapBackendBuilder> settings) {
    this(newDirectory(), false, settings);
  }

  /** A backend with a data directory that is there already, and stays. */
  public static ImapProxy in(Path directory, UnaryOperator<ImapBackendBuilder> settings) {
    return new ImapProxy(directory, true, settings);
  }

  private static Path newDirectory() {
    try {
      return Files.createTempDirectory("imap-proxy-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ImapProxy(
      Path directory, boolean keepsDirectory, UnaryOperator<ImapBackendBuilder> settings) {
    this.directory = directory;
    this.keepsDirectory = keepsDirectory;
    backend =
        settings
            .apply(
                ImapBackend.builder()
                    .dataDirectory(directory)
                    .networkExecutor(threads)
                    .storageExecutor(threads)
                    .watcherThreads(Executors.defaultThreadFactory())
                    .timers(timers)
                    .changeBus(changes)
                    .clock(Clock.systemUTC())
                    .trustAnyCertificate(true)
                    .pollInterval(Duration.ofMinutes(10)))
            .build();
  }

  /** The backend. */
  public ImapBackend backend() {
    return backend;
  }

  /** Where it publishes. */
  public ChangeBus changes() {
    return changes;
  }

  /** Opens a user's account under the user's name. */
  public OpenAccount open(RealServer server, String user) {
    return backend.open(configuration(server, user));
  }

  /** How a user's account is configured. */
  public static AccountConfiguration configuration(RealServer server, String user) {
    return configuration(server.host(), server.imapPort(), user, RealServer.PASSWORD);
  }

  /** How an account somewhere is configured, without TLS. */
  public static AccountConfiguration configuration(
      String host, int port, String user, String password) {
    return new AccountConfiguration(
        Id.of(user),
        user + "@example.org",
        Map.of("imapHost", host, "imapPort", Integer.toString(port), "imapSSL", "0"),
        Credentials.password(user, password));
  }

  /** Waits until something holds; fails when it takes too long. */
  public static void await(String what, BooleanSupplier condition) {
    Instant end = Instant.now().plus(BOUND);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new AssertionError("not within " + BOUND.toSeconds() + " s: " + what);
      }
      pause(Duration.ofMillis(5));
    }
  }

  /** Lets some time pass between two looks at something. */
  public static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    backend.close();
    threads.shutdownNow();
    timers.shutdownNow();
    if (!keepsDirectory) {
      delete(directory);
    }
  }

  /** Deletes a directory with all that is in it. */
  public static void delete(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
