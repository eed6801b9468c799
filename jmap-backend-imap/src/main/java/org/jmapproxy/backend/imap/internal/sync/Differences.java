package org.jmapproxy.backend.imap.internal.sync;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.MailboxListener;
import org.jmapproxy.backend.imap.internal.protocol.QuickResync;
import org.jmapproxy.backend.imap.internal.protocol.SelectedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ResponseCode;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.store.FlagChange;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/**
 * What SELECT itself tells of a folder since the last look (QRESYNC, RFC 7162). Of use only if it
 * is all that happened; otherwise the folder is looked at as without QRESYNC. Used once.
 */
final class Differences implements MailboxListener {
  /** More than that is read again in windows rather than held in memory. */
  private static final int MOST = 100_000;

  private final List<FlagChange> flags = new ArrayList<>();
  private UidSet.Builder vanished = UidSet.builder();
  private int ranges;
  private boolean complete = true;

  /**
   * A folder that was selected.
   *
   * @param differences all that happened since the last look, if the server told it
   */
  record Opened(SelectedMailbox selected, Optional<Differences> differences) {}

  /** Selects a folder, and hears what happened in it since where that can be asked. */
  static Opened select(Link link, StoredFolder folder) {
    FolderPosition position = folder.position();
    if (position.uidValidity() == 0 || position.highestModSeq() == 0 || !link.resynchronises()) {
      return new Opened(link.select(folder.path()), Optional.empty());
    }
    Differences told = new Differences();
    QuickResync known =
        new QuickResync(position.uidValidity(), position.highestModSeq(), UidSet.EMPTY);
    return link.select(folder.path(), known, told)
        .map(now -> new Opened(now, Optional.of(told).filter(all -> all.isAll(position, now))))
        .orElseGet(() -> new Opened(link.select(folder.path()), Optional.empty()));
  }

  private boolean isAll(FolderPosition position, SelectedMailbox selected) {
    OptionalLong now = selected.highestModSeq();
    return complete
        && selected.uidValidity() == position.uidValidity()
        && now.isPresent()
        && now.getAsLong() >= position.highestModSeq();
  }

  /** Messages that have changed, or are new, with their flags now. */
  List<FlagChange> flags() {
    return flags;
  }

  /** UIDs that are gone; some of them may never have been known. */
  UidSet vanished() {
    return vanished.build();
  }

  @Override
  public void changed(FetchedMessage message) {
    if (message.uid() == 0 || message.flags().isEmpty() || flags.size() >= MOST) {
      complete = false;
    } else {
      flags.add(
          new FlagChange(
              message.uid(),
              Set.copyOf(message.flags().orElseThrow()),
              message.modSeq().orElse(0)));
    }
  }

  @Override
  public void vanished(UidSet uids, boolean earlier) {
    ranges += uids.ranges().size();
    if (ranges > MOST) {
      complete = false;
    } else {
      uids.ranges().forEach(range -> vanished.addRange(range.first(), range.last()));
    }
  }

  /** Without UIDs nobody can say which message that was. */
  @Override
  public void expunged(long sequenceNumber) {
    complete = false;
  }

  /** What came before was about the mailbox that was selected until now. */
  @Override
  public void code(ResponseCode code, String text) {
    if (code.is("CLOSED")) {
      flags.clear();
      vanished = UidSet.builder();
      ranges = 0;
      complete = true;
    }
  }
}
