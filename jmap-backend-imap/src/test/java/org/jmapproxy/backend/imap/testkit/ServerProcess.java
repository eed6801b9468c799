package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server's tree of processes and the directory that they live in. */
record ServerProcess(Process process, Path directory) {
  private static final Duration START = Duration.ofSeconds(30);
  private static final String OUTPUT = "out.log";

  /** Whether servers can be given users of their own. */
  static boolean root() {
    return "root".equals(System.getProperty("user.name"));
  }

  /** A new directory that other users can look into. */
  static Path newDirectory(String prefix) throws IOException {
    Path directory = Files.createTempDirectory(prefix);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    return directory;
  }

  /** Starts it in the directory and waits until all those ports answer. */
  static ServerProcess start(Path directory, List<String> command, int... ports)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(OUTPUT).toFile());
    withoutWaitingForDisks(builder.environment());
    ServerProcess started = new ServerProcess(builder.start(), directory);
    for (int port : ports) {
      if (!FreePorts.awaitListener(port, started.process(), START)) {
        String said = started.text(OUTPUT) + started.text("dovecot.log");
        started.stop();
        throw new IllegalStateException(command.get(0) + " did not start: " + said);
      }
    }
    return started;
  }

  /** Nobody needs a throw-away server's data after a power failure: fsync does nothing. */
  private static void withoutWaitingForDisks(Map<String, String> environment) throws IOException {
    Path libraries = Path.of("/usr/lib");
    if (Files.isDirectory(libraries)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(libraries, "*-linux-gnu*")) {
        for (Path directory : found) {
          Path library = directory.resolve("libeatmydata.so");
          if (Files.exists(library)) {
            environment.put("LD_PRELOAD", library.toString());
          }
        }
      }
    }
  }

  /** Gives files to a user; only root can. */
  static void own(Path path, String user, String group) throws IOException {
    var principals = path.getFileSystem().getUserPrincipalLookupService();
    Files.setOwner(path, principals.lookupPrincipalByName(user));
    Files.setAttribute(path, "posix:group", principals.lookupPrincipalByGroupName(group));
  }

  /** What is in a file of the directory; nothing if it is not there. */
  String text(String file) {
    try {
      Path path = directory.resolve(file);
      return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the processes and removes the directory. */
  void stop() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    deleteTree();
  }

  /** Files vanish under our feet while the last child ends, so a few rounds are taken. */
  private void deleteTree() {
    for (int round = 0; round < 5 && Files.exists(directory); round++) {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      } catch (IOException | UncheckedIOException e) {
        Thread.onSpinWait();
      }
    }
  }
}
