package org.jmapproxy.server.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The directory that holds everything the proxy keeps. It belongs to one process at a time, which
 * is why it is locked until closed, and to one user: the directory has mode 0700, files 0600.
 */
public final class DataDirectory implements AutoCloseable {

  private static final String LOCK_FILE = "jmap-proxy.lock";

  private final Path path;
  private final FileChannel lockFile;

  private DataDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Creates the directory where needed and locks it for this process.
   *
   * @throws StartupException if it cannot be written or another process has it
   */
  public static DataDirectory open(Path wanted) {
    Path path = wanted.toAbsolutePath().normalize();
    createPrivately(path);
    Path lock = privateFile(path, LOCK_FILE);
    try {
      FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw StartupException.unavailable(
            "The data directory "
                + path
                + " is in use by another process; stop it or set JMAP_DATADIR to another directory.");
      }
      return new DataDirectory(path, channel);
    } catch (IOException e) {
      throw notWritable(path);
    }
  }

  /** The absolute path of the directory. */
  public Path path() {
    return path;
  }

  /** A file in this directory that only its owner may read; created empty if it does not exist. */
  public Path privateFile(String name) {
    return privateFile(path, name);
  }

  /** Gives the directory free for another process. */
  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean locked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static void createPrivately(Path path) {
    try {
      boolean existed = Files.isDirectory(path);
      Files.createDirectories(path);
      if (!existed) {
        restrict(path, "rwx------");
      }
    } catch (FileAlreadyExistsException e) {
      throw StartupException.unavailable(
          path + " is not a directory; set JMAP_DATADIR to a directory that this user may write.");
    } catch (IOException e) {
      throw notWritable(path);
    }
    if (!Files.isWritable(path)) {
      throw notWritable(path);
    }
  }

  private static Path privateFile(Path directory, String name) {
    Path file = directory.resolve(name);
    try {
      if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.createFile(file);
      }
      restrict(file, "rw-------");
      return file;
    } catch (IOException e) {
      throw notWritable(directory);
    }
  }

  private static void restrict(Path path, String permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }

  private static StartupException notWritable(Path path) {
    return StartupException.unavailable(
        "The data directory "
            + path
            + " cannot be written; set JMAP_DATADIR to a directory that this user may write.");
  }
}
