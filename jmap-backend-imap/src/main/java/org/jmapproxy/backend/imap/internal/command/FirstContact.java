package org.jmapproxy.backend.imap.internal.command;

import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;

/**
 * Makes sure that the server can be reached before anything is changed: when it cannot, it is
 * certain that nothing has happened, and no more than that has to be said.
 */
final class FirstContact {
  private FirstContact() {}

  /** Why nothing can be done now; empty when the server answers. */
  static Optional<SetError> refusal(Desk desk, Instant deadline) {
    try {
      desk.connections().use(Optional.empty(), deadline, link -> desk.folders().abilities(link));
      return Optional.empty();
    } catch (ImapException | BackendException e) {
      return Optional.of(Refusals.toSetError(e));
    }
  }
}
