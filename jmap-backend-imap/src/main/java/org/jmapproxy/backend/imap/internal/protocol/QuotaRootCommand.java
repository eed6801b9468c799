package org.jmapproxy.backend.imap.internal.protocol;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** GETQUOTAROOT (RFC 9208 section 4.1.2): the quotas that a mailbox counts for. */
final class QuotaRootCommand {
  private static final int MOST = 100;

  private final ImapSession session;
  private final Map<String, List<ServerQuota>> byRoot = new LinkedHashMap<>();

  QuotaRootCommand(ImapSession session) {
    this.session = session;
  }

  List<ServerQuota> run(String mailbox) {
    session.execute(
        Command.named("GETQUOTAROOT").string(session.wireName(mailbox)),
        response -> {
          if (response.is("QUOTA") && byRoot.size() < MOST) {
            quota(response.cursor());
            return true;
          }
          return response.is("QUOTAROOT");
        });
    return byRoot.values().stream().flatMap(List::stream).toList();
  }

  private void quota(ResponseCursor cursor) {
    if (!cursor.string()) {
      return;
    }
    String root = cursor.text();
    cursor.skipSpaces();
    if (!cursor.accept('(')) {
      return;
    }
    List<ServerQuota> resources = new ArrayList<>();
    while (!cursor.atEnd() && cursor.peek() != ')' && resources.size() < MOST) {
      String resource = word(cursor).toUpperCase(Locale.ROOT);
      String usage = word(cursor);
      String limit = word(cursor);
      if (!isNumber(usage) || !isNumber(limit)) {
        break;
      }
      resources.add(new ServerQuota(root, resource, Long.parseLong(usage), Long.parseLong(limit)));
      cursor.skipSpaces();
    }
    byRoot.put(root, List.copyOf(resources));
  }

  private static String word(ResponseCursor cursor) {
    cursor.skipSpaces();
    return cursor.atom();
  }

  private static boolean isNumber(String text) {
    return text.matches("\\d{1,15}");
  }
}
