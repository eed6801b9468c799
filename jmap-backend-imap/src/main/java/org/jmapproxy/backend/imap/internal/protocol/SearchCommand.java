package org.jmapproxy.backend.imap.internal.protocol;

import org.jmapproxy.backend.imap.internal.protocol.error.ImapLimitException;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** UID SEARCH, answered as ranges where ESEARCH (RFC 4731) is offered. Used once. */
final class SearchCommand implements UntaggedHandler {
  /** Far beyond all mailboxes that anybody has. */
  private static final int MOST_UIDS = 20_000_000;

  private final ImapSession session;
  private final UidSet.Builder found = UidSet.builder();
  private int added;

  SearchCommand(ImapSession session) {
    this.session = session;
  }

  UidSet run(SearchCriteria criteria) {
    Command command = Command.named("UID SEARCH");
    if (session.capabilities().hasExtendedSearch()) {
      command.raw(" RETURN (ALL)");
    }
    if (!criteria.isAscii() && !session.utf8()) {
      command.raw(" CHARSET UTF-8");
    }
    command.space();
    criteria.write(command);
    session.execute(command, this);
    UidSet all = found.build();
    if (all.size() > MOST_UIDS) {
      throw new ImapLimitException("The server claims to have found " + all.size() + " messages");
    }
    return all;
  }

  @Override
  public boolean take(Untagged response) {
    if (response.is("SEARCH")) {
      takeNumbers(response.cursor());
      return true;
    }
    if (response.is("ESEARCH")) {
      takeRanges(response.cursor());
      return true;
    }
    return false;
  }

  private void takeNumbers(ResponseCursor cursor) {
    while (!cursor.atEnd()) {
      cursor.skipSpaces();
      long uid = cursor.number();
      if (uid < 0) {
        return;
      }
      if (uid > 0 && uid <= UidSet.MAX) {
        requireRoom();
        found.add(uid);
      }
    }
  }

  private void takeRanges(ResponseCursor cursor) {
    while (!cursor.atEnd()) {
      cursor.skipSpaces();
      if (cursor.acceptWord("ALL")) {
        cursor.skipSpaces();
        UidSet.parse(cursor.atom()).ifPresent(uids -> uids.ranges().forEach(this::add));
      } else if (!cursor.skipValue()) {
        return;
      }
    }
  }

  private void add(UidSet.Range range) {
    requireRoom();
    found.addRange(range.first(), range.last());
  }

  private void requireRoom() {
    if (++added > MOST_UIDS) {
      throw new ImapLimitException("The server does not stop finding messages");
    }
  }
}
