package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;

/** Takes files for a {@link BodyCache} as they come. For one thread. */
final class Delivery {
  static final String UNFINISHED = ".tmp";

  private final BodyCache cache;
  private final Path directory;
  private final Map<String, CompletableFuture<Path>> awaited;

  Delivery(BodyCache cache, Path directory, Map<String, CompletableFuture<Path>> awaited) {
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
    CompletableFuture<Path> file = awaited.get(name);
    return file != null && !file.isDone();
  }

  /**
   * Stores a file. Where the writer has no data or throws, the file is still to come; where the
   * disk fails, it is refused.
   */
  void deliver(String name, Writer writer) {
    CompletableFuture<Path> waiting = awaited.get(name);
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
        cache.ended(name);
        waiting.complete(file);
      }
    } catch (IOException | UncheckedIOException e) {
      refuse(name, new BackendException(Reason.BROKEN, "A message body cannot be stored", e));
    } finally {
      if (!waiting.isDone()) {
        BodyCache.delete(unfinished);
      }
    }
  }

  private static boolean write(Path file, Writer writer) throws IOException {
    try (OutputStream out = AccountFiles.newPrivateFile(file)) {
      return writer.writeTo(out);
    }
  }

  /** Tells those who wait that a file cannot be had. */
  void refuse(String name, BackendException why) {
    CompletableFuture<Path> waiting = awaited.get(name);
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
}
