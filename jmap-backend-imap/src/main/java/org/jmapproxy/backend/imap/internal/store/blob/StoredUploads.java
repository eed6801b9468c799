package org.jmapproxy.backend.imap.internal.store.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jmapproxy.backend.imap.internal.store.Uploads;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;
import org.jmapproxy.backend.imap.internal.store.schema.DiskSpace;
import org.jmapproxy.backend.imap.internal.store.schema.PrivateFiles;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;

/** Uploaded data: a file for each, and a row that makes it valid. */
public final class StoredUploads implements Uploads {

  private static final Duration KEPT = Duration.ofHours(36);
  private static final Duration UNFINISHED_KEPT = Duration.ofDays(1);
  private static final int BUFFER = 1 << 16;

  private final Database database;
  private final Path directory;
  private final Clock clock;

  /** Keeps files in a directory, which is made when it is needed. */
  public StoredUploads(Database database, Path directory, Clock clock) {
    this.database = database;
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public UploadedBlob upload(String type, InputStream data) {
    Id id = Id.of("f-" + UUID.randomUUID());
    try {
      PrivateFiles.createDirectory(directory);
      Path part = directory.resolve(id.value() + ".part");
      long size = write(part, data);
      Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
      Instant expires = clock.instant().plus(KEPT);
      database.write(
          Durability.POWER,
          session ->
              session.update(
                  "INSERT INTO own_upload (id, type, size, expires_at) VALUES (?, ?, ?, ?)",
                  id.value(),
                  type,
                  size,
                  expires.toEpochMilli()));
      return new UploadedBlob(id, type, size);
    } catch (IOException e) {
      throw new BackendException(
          BackendException.Reason.UNAVAILABLE,
          DiskSpace.isShortAt(directory) ? DiskSpace.NO_ROOM : "the upload could not be stored",
          e);
    }
  }

  @Override
  public Optional<Blob> find(Id blobId) {
    if (!blobId.value().startsWith("f-")) {
      return Optional.empty();
    }
    return database
        .read(
            session ->
                session.<Blob>first(
                    "SELECT size, type FROM own_upload WHERE id = ? AND expires_at > ?",
                    row -> new FileBlob(file(blobId), row.getLong(1), row.getString(2)),
                    blobId.value(),
                    clock.millis()))
        .filter(blob -> Files.exists(file(blobId)));
  }

  /** Removes what has expired, and files that no upload finished. */
  public void removeExpired() {
    database.write(
        Durability.PROCESS,
        session -> session.update("DELETE FROM own_upload WHERE expires_at <= ?", clock.millis()));
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        if (isOld(file) && !isKnown(file)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new BackendException(
          BackendException.Reason.BROKEN, "expired uploads could not be removed", e);
    }
  }

  private boolean isOld(Path file) throws IOException {
    FileTime written = Files.getLastModifiedTime(file);
    return written.toInstant().isBefore(clock.instant().minus(UNFINISHED_KEPT));
  }

  private boolean isKnown(Path file) {
    String id = file.getFileName().toString();
    return database.read(
        session -> session.number("SELECT 1 FROM own_upload WHERE id = ?", id).isPresent());
  }

  private Path file(Id id) {
    return directory.resolve(id.value());
  }

  private static long write(Path file, InputStream data) throws IOException {
    PrivateFiles.create(file);
    boolean done = false;
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      byte[] buffer = new byte[BUFFER];
      long size = 0;
      for (int count = data.read(buffer); count >= 0; count = data.read(buffer)) {
        ByteBuffer octets = ByteBuffer.wrap(buffer, 0, count);
        while (octets.hasRemaining()) {
          size += out.write(octets);
        }
      }
      out.force(true);
      done = true;
      return size;
    } finally {
      if (!done) {
        Files.deleteIfExists(file);
      }
    }
  }
}
