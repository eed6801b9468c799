package org.jmapproxy.backend.imap.internal.protocol;

import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** Tells the listener what no command asked for. */
final class UnsolicitedData {
  private UnsolicitedData() {}

  static void tell(Untagged response, ImapSession session) {
    MailboxListener listener = session.listener();
    ResponseCursor cursor = response.cursor();
    if (response.is("FETCH")) {
      listener.changed(session.fetchParser().parse(response.number(), cursor));
    } else if (response.is("EXISTS") && response.number() >= 0) {
      listener.exists(response.number());
    } else if (response.is("EXPUNGE") && response.number() > 0) {
      listener.expunged(response.number());
    } else if (response.is("VANISHED")) {
      vanished(cursor, listener);
    } else if (response.is("STATUS")) {
      StatusParser.parse(cursor, session.utf8()).ifPresent(listener::status);
    } else if (response.is("LIST")) {
      listener.listed();
    }
  }

  private static void vanished(ResponseCursor cursor, MailboxListener listener) {
    boolean earlier = earlier(cursor);
    cursor.skipSpaces();
    UidSet.parse(cursor.atom()).ifPresent(uids -> listener.vanished(uids, earlier));
  }

  private static boolean earlier(ResponseCursor cursor) {
    int from = cursor.position();
    if (cursor.accept('(') && cursor.acceptWord("EARLIER") && cursor.accept(')')) {
      return true;
    }
    cursor.position(from);
    return false;
  }
}
