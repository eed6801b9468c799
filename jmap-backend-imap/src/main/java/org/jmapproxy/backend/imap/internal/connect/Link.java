package org.jmapproxy.backend.imap.internal.connect;

import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.MailboxListener;
import org.jmapproxy.backend.imap.internal.protocol.QuickResync;
import org.jmapproxy.backend.imap.internal.protocol.SelectedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.core.error.BackendException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of the pool and the mailbox that is selected on it. Used by one thread at a time.
 */
public final class Link {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final ImapConnection imap;
  private Optional<SelectedMailbox> selected = Optional.empty();
  private boolean refusesResync;
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

  /** Whether the selected mailbox has mod-sequences (RFC 7162). */
  boolean keepsModSeqs() {
    return selected.map(now -> now.highestModSeq().isPresent()).orElse(false);
  }

  /** Whether SELECT can tell what happened since an earlier one (QRESYNC). */
  public boolean resynchronises() {
    return imap.isEnabled("QRESYNC") && !refusesResync;
  }

  /**
   * SELECT that also tells what happened since (QRESYNC).
   *
   * @param known what the replica has
   * @param differences hears what changed and what vanished
   * @return empty if the server offers this and refuses it; nothing is selected then
   */
  public Optional<SelectedMailbox> select(
      String mailbox, QuickResync known, MailboxListener differences) {
    selected = Optional.empty();
    imap.listener(differences);
    try {
      selected = Optional.of(imap.select(mailbox, known));
    } catch (ImapBadCommandException e) {
      LOG.info("The server offers QRESYNC and refuses it: {}", e.getMessage());
      refusesResync = true;
    } finally {
      imap.listener(MailboxListener.NONE);
    }
    return selected;
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
   * Makes sure that the mailbox is selected, without asking for news: messages that the connection
   * has not heard of yet are passed over.
   *
   * @return what the last SELECT told
   */
  public SelectedMailbox selected(String mailbox) {
    return selected.filter(now -> now.name().equals(mailbox)).orElseGet(() -> select(mailbox));
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
