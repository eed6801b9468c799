package org.jmapproxy.backend.imap.internal.store.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Tells one run of the machine from another: what a process wrote before it died is there as long
 * as the machine runs.
 *
 * @param id names this run
 */
public record Boot(String id) {

  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  /** The run of this machine; where it cannot be told, every process counts as a run of its own. */
  public static Boot current() {
    try {
      return new Boot(Files.readString(LINUX).strip());
    } catch (IOException e) {
      return new Boot(UUID.randomUUID().toString());
    }
  }
}
