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
import org.jmapproxy.core.error.BackendException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Data that were fetched from the server: each piece is fetched once for all who wait for it, and
 * the files used longest ago go when there are too many octets. Large data have a file of their
 * own, small ones lie together in {@link Segments}. Thread-safe.
 */
public final class BodyCache implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BodyCache.class);

  private static final long LARGEST_SEGMENT = 8L << 20;
  private static final int MOST_TRIES = 3;

  private final Path directory;
  private final long budget;
  private final Segments segments;
  private final LinkedHashMap<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, CompletableFuture<Void>> underWay = new HashMap<>();
  private boolean takenUp;
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
   * A cache that goes on with what an earlier life left in the directory.
   *
   * @param budget octets that may stay; a file larger than that is kept until the next one comes
   */
  public BodyCache(Path directory, long budget) {
    this.directory = directory;
    this.budget = budget;
    this.segments = new Segments(directory, Math.min(LARGEST_SEGMENT, budget / 8));
    try {
      AccountFiles.createPrivateDirectory(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until somebody reads a body, so that accounts open at once. */
  private void takeUpOnce() {
    if (!takenUp) {
      takenUp = true;
      try {
        takeUp();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
        if (Segments.isSegment(name)) {
          segments.takeUp(name);
        }
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

  /** Whether data of that name are here. */
  synchronized boolean has(String name) {
    return touch(name).isPresent();
  }

  /** The data of that name, if they are here. */
  synchronized Optional<Octets> get(String name) {
    return touch(name)
        .flatMap(
            file ->
                Segments.isSegment(file)
                    ? segments.read(name).map(Octets.Held::new)
                    : Optional.<Octets>of(new Octets.InFile(directory.resolve(file))));
  }

  /** The file that data are in, which was used just now. */
  private Optional<String> touch(String name) {
    takeUpOnce();
    if (sizes.get(name) != null && Files.exists(directory.resolve(name))) {
      return Optional.of(name);
    }
    forget(name);
    return segments.segmentOf(name).filter(segment -> sizes.get(segment) != null);
  }

  /**
   * The data of that name, fetched now if they are not here.
   *
   * @param patience how long to wait for another thread that fetches them
   */
  Octets obtain(String name, Duration patience, Source source) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Optional<Octets> here = get(name);
      if (here.isPresent()) {
        return here.get();
      }
      BackendException failure = obtain(List.of(name), patience, source).get(name);
      if (failure != null) {
        throw failure;
      }
    }
    return get(name)
        .orElseThrow(
            () -> new BackendException(Reason.UNAVAILABLE, "Too many messages are read at once"));
  }

  /**
   * Sees to it that files are there. Those that another thread fetches already are waited for, the
   * others are fetched together.
   *
   * @param patience how long to wait for other threads
   * @return the names of those that cannot be had, and why
   */
  Map<String, BackendException> obtain(Collection<String> names, Duration patience, Source source) {
    Map<String, CompletableFuture<Void>> mine = new LinkedHashMap<>();
    Map<String, CompletableFuture<Void>> all = new LinkedHashMap<>();
    synchronized (this) {
      for (String name : names) {
        if (!has(name)) {
          CompletableFuture<Void> fresh = new CompletableFuture<>();
          CompletableFuture<Void> other = underWay.putIfAbsent(name, fresh);
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

  /** Nobody waits for that file any more. */
  synchronized void ended(String name) {
    underWay.remove(name);
  }

  /** Keeps data that are in memory. */
  synchronized void keep(String name, byte[] octets) throws IOException {
    long length = segments.add(name, octets);
    segments.segmentOf(name).ifPresent(segment -> added(segment, length));
  }

  /** Counts a file in the directory that is new or has grown, and makes room for it. */
  synchronized void added(String file, long size) {
    forget(file);
    sizes.put(file, size);
    total += size;
    Iterator<Map.Entry<String, Long>> oldest = sizes.entrySet().iterator();
    while (total > budget && oldest.hasNext()) {
      Map.Entry<String, Long> other = oldest.next();
      if (!other.getKey().equals(file)) {
        oldest.remove();
        total -= other.getValue();
        segments.drop(other.getKey());
        delete(directory.resolve(other.getKey()));
      }
    }
  }

  private synchronized void forget(String name) {
    Long size = sizes.remove(name);
    total -= size == null ? 0 : size;
  }

  /** Lets go of the files, which stay. */
  @Override
  public synchronized void close() {
    segments.close();
  }

  static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted", file.getFileName(), e);
    }
  }
}
