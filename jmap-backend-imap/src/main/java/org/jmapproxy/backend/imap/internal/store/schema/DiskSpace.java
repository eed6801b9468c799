package org.jmapproxy.backend.imap.internal.store.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a full disk from other reasons why something cannot be written. */
public final class DiskSpace {
  /** What users and operators hear. */
  public static final String NO_ROOM = "there is no room left on the disk";

  private static final long LITTLE = 1 << 20;

  private DiskSpace() {}

  /** Whether there is hardly any room left where a file is. */
  public static boolean isShortAt(Path file) {
    try {
      Path there = Files.exists(file) ? file : file.toAbsolutePath().getParent();
      return there != null && Files.getFileStore(there).getUsableSpace() < LITTLE;
    } catch (IOException e) {
      return false;
    }
  }
}
