package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jmapproxy.backend.imap.internal.store.schema.DiskSpace;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/** Takes files for a {@link BodyCache} as they come. For one thread. */
final class Delivery {
  static final String UNFINISHED = ".tmp";

  private static final String NOT_STORED = "A message body cannot be stored";

  private final BodyCache cache;
  private final Path directory;
  private final Map<String, CompletableFuture<Void>> awaited;

  Delivery(BodyCache cache, Path directory, Map<String, CompletableFuture<Void>> awaited) {
    this.cache = cache;
    this.directory = directory;
    this.awaited = awaited;
  }

  /** Writes the data of one file. */
  @FunctionalInterface
  interface Writer {
    /**
     * Writes everything to the stream, which the caller closes.
     *
     * @return whether there are such data at all
     */
    boolean writeTo(OutputStream out) throws IOException;
  }

  /** Lets a source work; whatever it leaves out fails. */
  void run(BodyCache.Source source) {
    try {
      source.fetch(this);
    } catch (BackendException e) {
      awaited.keySet().forEach(name -> refuse(name, e));
    } finally {
      awaited.keySet().forEach(this::refuse);
    }
  }

  /** Whether a file is still to come. */
  boolean isAwaited(String name) {
    CompletableFuture<Void> file = awaited.get(name);
    return file != null && !file.isDone();
  }

  /**
   * Stores a file. Where the writer has no data or throws, the file is still to come; where the
   * disk fails, it is refused.
   */
  void deliver(String name, Writer writer) {
    CompletableFuture<Void> waiting = awaited.get(name);
    if (waiting == null || waiting.isDone()) {
      return;
    }
    Path unfinished = directory.resolve(name + UNFINISHED);
    try {
      if (write(unfinished, writer)) {
        Path file = directory.resolve(name);
        long size = Files.size(unfinished);
        Files.move(
            unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        cache.added(name, size);
        done(name);
      }
    } catch (IOException | UncheckedIOException e) {
      refuse(name, notStored(e));
    } finally {
      if (!waiting.isDone()) {
        BodyCache.delete(unfinished);
      }
    }
  }

  /** Stores data that are in memory. */
  void deliver(String name, byte[] octets) {
    if (octets.length > Segments.LARGEST_BODY) {
      deliver(
          name,
          out -> {
            out.write(octets);
            return true;
          });
    } else if (isAwaited(name)) {
      try {
        cache.keep(name, octets);
        done(name);
      } catch (IOException e) {
        refuse(name, notStored(e));
      }
    }
  }

  private void done(String name) {
    cache.ended(name);
    CompletableFuture<Void> waiting = awaited.get(name);
    if (waiting != null) {
      waiting.complete(null);
    }
  }

  private static boolean write(Path file, Writer writer) throws IOException {
    try (OutputStream out = AccountFiles.newPrivateFile(file)) {
      return writer.writeTo(out);
    }
  }

  /** Tells those who wait that a file cannot be had. */
  void refuse(String name, BackendException why) {
    CompletableFuture<Void> waiting = awaited.get(name);
    if (waiting != null && !waiting.isDone()) {
      cache.ended(name);
      waiting.completeExceptionally(why);
    }
  }

  private void refuse(String name) {
    if (isAwaited(name)) {
      refuse(name, new BackendException(Reason.UNAVAILABLE, "The message cannot be fetched"));
    }
  }

  private BackendException notStored(Exception e) {
    return DiskSpace.isShortAt(directory)
        ? new BackendException(Reason.UNAVAILABLE, DiskSpace.NO_ROOM, e)
        : new BackendException(Reason.BROKEN, NOT_STORED, e);
  }
}
