package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jmapproxy.core.error.BackendException;
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
  private final Map<String, CompletableFuture<Path>> underWay = new HashMap<>();
  private long total;

  /** Fetches files. */
  @FunctionalInterface
  interface Source {
    /**
     * Delivers what it can get of the files asked for; when it returns, the others cannot be had.
     *
     * @throws BackendException why those that were not delivered cannot be had
     */
    void fetch(Delivery delivery);
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
      if (name.endsWith(Delivery.UNFINISHED)) {
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

  /** How many octets may stay. */
  long budget() {
    return budget;
  }

  /** The file of that name, if it is there. */
  synchronized Optional<Path> present(String name) {
    if (sizes.get(name) == null) {
      return Optional.empty();
    }
    Path file = directory.resolve(name);
    if (Files.exists(file)) {
      return Optional.of(file);
    }
    forget(name);
    return Optional.empty();
  }

  /**
   * The file of that name, fetched now if it is not there.
   *
   * @param patience how long to wait for another thread that fetches it
   */
  Path obtain(String name, Duration patience, Source source) {
    Optional<Path> there = present(name);
    if (there.isPresent()) {
      return there.get();
    }
    BackendException failure = obtain(List.of(name), patience, source).get(name);
    if (failure != null) {
      throw failure;
    }
    return directory.resolve(name);
  }

  /**
   * Sees to it that files are there. Those that another thread fetches already are waited for, the
   * others are fetched together.
   *
   * @param patience how long to wait for other threads
   * @return the names of those that cannot be had, and why
   */
  Map<String, BackendException> obtain(Collection<String> names, Duration patience, Source source) {
    Map<String, CompletableFuture<Path>> mine = new LinkedHashMap<>();
    Map<String, CompletableFuture<Path>> all = new LinkedHashMap<>();
    synchronized (this) {
      for (String name : names) {
        if (present(name).isEmpty()) {
          CompletableFuture<Path> fresh = new CompletableFuture<>();
          CompletableFuture<Path> other = underWay.putIfAbsent(name, fresh);
          all.put(name, other == null ? fresh : other);
          if (other == null) {
            mine.put(name, fresh);
          }
        }
      }
    }
    if (!mine.isEmpty()) {
      new Delivery(this, directory, mine).run(source);
    }
    return Waiting.forAll(all, patience);
  }

  /** Throws a file away, if it is there. */
  synchronized void discard(String name) {
    forget(name);
    delete(directory.resolve(name));
  }

  /** Nobody waits for that file any more. */
  synchronized void ended(String name) {
    underWay.remove(name);
  }

  /** Counts a file that is new in the directory, and makes room for it. */
  synchronized void added(String name, long size) {
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

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file.getFileName(), e);
    }
  }
}
