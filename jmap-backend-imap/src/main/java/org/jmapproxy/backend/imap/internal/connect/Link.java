package org.jmapproxy.backend.imap.internal.connect;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.SelectedMailbox;
import org.jmapproxy.core.error.BackendException;

/**
 * A connection of the pool and the mailbox that is selected on it. Used by one thread at a time.
 */
public final class Link {
  private final ImapConnection imap;
  private Optional<SelectedMailbox> selected = Optional.empty();
  private long lastUsedNanos = System.nanoTime();

  Link(ImapConnection imap) {
    this.imap = imap;
  }

  /** The connection. Select mailboxes through the link only. */
  public ImapConnection imap() {
    return imap;
  }

  /** SELECT: the server tells how the mailbox is now, and changes are possible. */
  public SelectedMailbox select(String mailbox) {
    selected = Optional.empty();
    SelectedMailbox now = imap.select(mailbox);
    selected = Optional.of(now);
    return now;
  }

  /**
   * Makes sure that the mailbox is selected and that the connection has heard its latest news: a
   * server passes over UIDs that it has not announced on a connection.
   *
   * @return what the last SELECT told
   */
  public SelectedMailbox upToDate(String mailbox) {
    if (selected.isPresent() && selected.get().name().equals(mailbox)) {
      imap.noop();
      return selected.get();
    }
    return select(mailbox);
  }

  /**
   * Like {@link #upToDate}, for UIDs of a certain UIDVALIDITY.
   *
   * @throws BackendException when the mailbox has another one now
   */
  public SelectedMailbox upToDateAs(String mailbox, long uidValidity) {
    SelectedMailbox now = upToDate(mailbox);
    if (now.uidValidity() != uidValidity) {
      throw new BackendException(
          BackendException.Reason.UNAVAILABLE, "The mailbox was replaced and is being read anew");
    }
    return now;
  }

  /** Leaves the selected mailbox, so that it can be deleted or renamed. */
  public void unselect() {
    if (selected.isPresent()) {
      imap.unselect();
      selected = Optional.empty();
    }
  }

  boolean hasSelected(String mailbox) {
    return selected.map(now -> now.name().equals(mailbox)).orElse(false);
  }

  void used() {
    lastUsedNanos = System.nanoTime();
  }

  long idleNanos() {
    return System.nanoTime() - lastUsedNanos;
  }
}
