package org.jmapproxy.backend.imap.internal.store.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What happens to a file that cannot be read: it is kept, under another name. */
public final class Corruption {

  private static final Logger LOG = LoggerFactory.getLogger(Corruption.class);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  private Corruption() {}

  /** Remembers that the file must not be opened again. */
  public static void mark(Path file) {
    try {
      Files.writeString(marker(file), "");
      LOG.error("{} is damaged; it is set aside when the account is opened next", file);
    } catch (IOException e) {
      LOG.error("{} is damaged, and that cannot be written down: {}", file, e.toString());
    }
  }

  /** Whether the file must not be opened. */
  public static boolean isMarked(Path file) {
    return Files.exists(marker(file));
  }

  /** Moves the file and what belongs to it aside, and tells where it is now. */
  public static Path setAside(Path file, Instant now) throws IOException {
    Path aside = file.resolveSibling(file.getFileName() + ".damaged-" + STAMP.format(now));
    Files.move(file, aside, StandardCopyOption.ATOMIC_MOVE);
    for (String suffix : new String[] {"-wal", "-shm"}) {
      Path part = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(part)) {
        Files.move(part, aside.resolveSibling(aside.getFileName() + suffix));
      }
    }
    Files.deleteIfExists(marker(file));
    return aside;
  }

  private static Path marker(Path file) {
    return file.resolveSibling(file.getFileName() + ".damaged");
  }
}
