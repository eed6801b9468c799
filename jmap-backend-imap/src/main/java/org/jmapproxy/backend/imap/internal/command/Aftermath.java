package org.jmapproxy.backend.imap.internal.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what a command has done when its answer was lost or was no. */
final class Aftermath {
  private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
  private static final Duration AT_LEAST = Duration.ofSeconds(10);

  private final Desk desk;
  private final CallContext context;

  Aftermath(Desk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  /**
   * Brings the folders in step with the server as far as these Emails go. The caller is in no lane.
   *
   * @return whether that was done; else nobody knows what has happened to them
   */
  boolean findOut(Collection<FolderKey> folders, Set<Id> emails) {
    Instant soon = desk.clock().instant().plus(AT_LEAST);
    Instant deadline = context.deadline().isAfter(soon) ? context.deadline() : soon;
    try {
      desk.looks().resync(folders, emails, deadline);
      return true;
    } catch (ImapException | BackendException e) {
      LOG.info("What a command did cannot be found out now: {}", e.getMessage());
      return false;
    }
  }
}
