package org.jmapproxy.backend.imap.internal.outbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.smtp.MessageTraits;
import org.jmapproxy.backend.imap.internal.store.schema.PrivateFiles;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.BoundedStream;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.id.Id;

/** The messages that wait: a file for each, as it goes over the wire. Thread-safe. */
public final class MessageFiles {

  private static final int BUFFER = 1 << 16;

  private final Path directory;

  /** Keeps files in a directory, which is made when it is needed. */
  public MessageFiles(Path directory) {
    this.directory = directory;
  }

  /** Whether a directory holds messages. */
  public static boolean hasAny(Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      return false;
    }
  }

  /** Stores a message; it is safe on the disk when this returns. */
  MessageTraits write(Id id, InputStream message) {
    Path file = directory.resolve(id.value());
    boolean done = false;
    try {
      PrivateFiles.createDirectory(directory);
      PrivateFiles.create(file);
      MessageTraits traits = copy(message, file);
      done = true;
      return traits;
    } catch (IOException e) {
      throw new BackendException(Reason.UNAVAILABLE, "the message could not be stored", e);
    } finally {
      if (!done) {
        delete(id);
      }
    }
  }

  private static MessageTraits copy(InputStream message, Path file) throws IOException {
    TraitsFinder traits = new TraitsFinder();
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      for (int count = message.read(buffer); count >= 0; count = message.read(buffer)) {
        traits.look(buffer, count);
        ByteBuffer octets = ByteBuffer.wrap(buffer, 0, count);
        while (octets.hasRemaining()) {
          out.write(octets);
        }
      }
      out.force(true);
    }
    return traits.found();
  }

  /** A new stream over a message, to be closed by the caller. */
  InputStream open(Id id) {
    try {
      return Files.newInputStream(directory.resolve(id.value()));
    } catch (IOException e) {
      throw new BackendException(Reason.BROKEN, "the message is not there any more", e);
    }
  }

  /** A message that can be read in part. */
  Blob blob(Id id) {
    try {
      return new MessageFile(
          directory.resolve(id.value()), Files.size(directory.resolve(id.value())));
    } catch (IOException e) {
      throw new BackendException(Reason.BROKEN, "the message is not there any more", e);
    }
  }

  private record MessageFile(Path path, long size) implements Blob {

    @Override
    public String type() {
      return "message/rfc822";
    }

    @Override
    public InputStream open(long offset, long length) {
      try {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        return new BoundedStream(Channels.newInputStream(file.position(offset)), length);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Removes a message, if it is there. */
  void delete(Id id) {
    try {
      Files.deleteIfExists(directory.resolve(id.value()));
    } catch (IOException e) {
      throw new BackendException(Reason.BROKEN, "a sent message could not be removed", e);
    }
  }

  /** Removes all other messages. */
  void keepOnly(Set<Id> needed) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!Id.isValid(name) || !needed.contains(Id.of(name))) {
          Files.deleteIfExists(file);
        }
      }
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      throw new BackendException(Reason.BROKEN, "sent messages could not be removed", e);
    }
  }
}
