package org.jmapproxy.backend.imap.internal.protocol;

import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** UID SEARCH, answered as ranges where ESEARCH (RFC 4731) is offered. Used once. */
final class SearchCommand implements UntaggedHandler {
  private final ImapSession session;
  private final UidSet.Builder found = UidSet.builder();

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
    return found.build();
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
        found.add(uid);
      }
    }
  }

  private void takeRanges(ResponseCursor cursor) {
    while (!cursor.atEnd()) {
      cursor.skipSpaces();
      if (cursor.acceptWord("ALL")) {
        cursor.skipSpaces();
        UidSet.parse(cursor.atom())
            .ifPresent(uids -> uids.ranges().forEach(r -> found.addRange(r.first(), r.last())));
      } else if (!cursor.skipValue()) {
        return;
      }
    }
  }
}
