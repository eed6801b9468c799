package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that were fetched from the server: each is fetched once for all who wait for it, and the
 * ones used longest ago go when there are too many octets. Thread-safe.
 */
public final class BodyCache {
  private static final Logger LOG = LoggerFactory.getLogger(BodyCache.class);

  private final Path directory;
  private final long budget;
  private final LinkedHashMap<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, CompletableFuture<Path>> underWay = new LinkedHashMap<>();
  private long total;

  /** Writes the data of one file. */
  @FunctionalInterface
  public interface Source {
    /** Writes everything to the stream, which the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Takes up what an earlier life left in the directory.
   *
   * @param budget octets that may stay; a file larger than that is kept until the next one comes
   */
  public BodyCache(Path directory, long budget) {
    this.directory = directory;
    this.budget = budget;
    try {
      AccountFiles.createPrivateDirectory(directory);
      takeUp();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void takeUp() throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.sorted(Comparator.comparing(BodyCache::lastModified)).toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (name.endsWith(".tmp")) {
        Files.deleteIfExists(file);
      } else {
        long size = Files.size(file);
        sizes.put(name, size);
        total += size;
      }
    }
  }

  private static Instant lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      return Instant.EPOCH;
    }
  }

  /**
   * The file of that name, fetched now if it is not there.
   *
   * @param deadline when to stop waiting for another thread that fetches it
   */
  public Path obtain(String name, Duration deadline, Source source) {
    CompletableFuture<Path> mine = new CompletableFuture<>();
    CompletableFuture<Path> theirs;
    synchronized (this) {
      if (sizes.get(name) != null) {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
          return file;
        }
        forget(name);
      }
      theirs = underWay.putIfAbsent(name, mine);
    }
    return theirs == null ? fetch(name, source, mine) : await(theirs, deadline);
  }

  /** Throws a file away, if it is there. */
  public synchronized void discard(String name) {
    forget(name);
    delete(directory.resolve(name));
  }

  private Path fetch(String name, Source source, CompletableFuture<Path> waiting) {
    Path part = directory.resolve(name + ".tmp");
    try {
      try (OutputStream out = AccountFiles.newPrivateFile(part)) {
        source.writeTo(out);
      }
      Path file = directory.resolve(name);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      added(name, Files.size(file));
      waiting.complete(file);
      return file;
    } catch (IOException e) {
      BackendException failure =
          new BackendException(Reason.BROKEN, "A message body cannot be stored", e);
      waiting.completeExceptionally(failure);
      throw failure;
    } catch (RuntimeException e) {
      waiting.completeExceptionally(e);
      throw e;
    } finally {
      synchronized (this) {
        underWay.remove(name);
      }
      delete(part);
    }
  }

  private static Path await(CompletableFuture<Path> fetched, Duration patience) {
    try {
      return fetched.get(Math.max(1, patience.toMillis()), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BackendException failure) {
        throw failure;
      }
      throw new BackendException(Reason.UNAVAILABLE, "The message cannot be fetched", e);
    } catch (TimeoutException e) {
      throw new BackendException(Reason.UNAVAILABLE, "The message takes too long to come", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BackendException(Reason.UNAVAILABLE, "Interrupted while a message came", e);
    }
  }

  private synchronized void added(String name, long size) {
    forget(name);
    sizes.put(name, size);
    total += size;
    Iterator<Map.Entry<String, Long>> oldest = sizes.entrySet().iterator();
    while (total > budget && oldest.hasNext()) {
      Map.Entry<String, Long> file = oldest.next();
      if (!file.getKey().equals(name)) {
        oldest.remove();
        total -= file.getValue();
        delete(directory.resolve(file.getKey()));
      }
    }
  }

  private synchronized void forget(String name) {
    Long size = sizes.remove(name);
    total -= size == null ? 0 : size;
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file.getFileName(), e);
    }
  }
}
