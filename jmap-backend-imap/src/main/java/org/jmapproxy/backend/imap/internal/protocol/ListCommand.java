package org.jmapproxy.backend.imap.internal.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapLimitException;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LIST of everything: in one command where RFC 5258 (and 5819, 6154) is offered, else LIST and
 * LSUB. Used once.
 */
final class ListCommand {
  private static final Logger LOG = LoggerFactory.getLogger(ListCommand.class);
  private static final int LONGEST_NAME = 8000;
  private static final int MOST_CHARACTERS = 32 << 20;
  private static final int MOST_RIGHTS = 64;

  private final ImapSession session;
  private final Map<String, ListedMailbox> mailboxes = new LinkedHashMap<>();
  private final Map<String, MailboxStatus> statuses = new HashMap<>();
  private final Map<String, String> rights = new HashMap<>();
  private int characters;

  ListCommand(ImapSession session) {
    this.session = session;
  }

  List<ListedMailbox> run(Set<StatusItem> status) {
    Capabilities offered = session.capabilities();
    Command command = Command.named("LIST").raw(" \"\" \"*\"");
    if (offered.hasExtendedList()) {
      command.raw(" RETURN (SUBSCRIBED CHILDREN");
      if (offered.hasSpecialUse()) {
        command.raw(" SPECIAL-USE");
      }
      if (offered.has("LIST-MYRIGHTS")) {
        command.raw(" MYRIGHTS");
      }
      if (!status.isEmpty() && (offered.has("LIST-STATUS") || offered.has("IMAP4REV2"))) {
        command.raw(" STATUS " + StatusItem.toImap(status));
      }
      command.raw(")");
      session.execute(command, this::take);
      return result(Set.of());
    }
    session.execute(command, this::take);
    return result(subscriptions());
  }

  private List<ListedMailbox> result(Set<String> subscriptions) {
    List<ListedMailbox> all = new ArrayList<>(mailboxes.size());
    for (ListedMailbox mailbox : mailboxes.values()) {
      String name = mailbox.name();
      all.add(
          new ListedMailbox(
              name,
              mailbox.separator(),
              mailbox.attributes(),
              mailbox.subscribed() || subscriptions.contains(name),
              Optional.ofNullable(statuses.get(name)),
              Optional.ofNullable(rights.get(name))));
    }
    return List.copyOf(all);
  }

  private Set<String> subscriptions() {
    Set<String> names = new HashSet<>();
    session.execute(
        Command.named("LSUB").raw(" \"\" \"*\""),
        response -> {
          if (!response.is("LSUB")) {
            return false;
          }
          requireRoom(names.size());
          parse(response.cursor())
              .filter(mailbox -> !mailbox.has("\\noselect"))
              .ifPresent(mailbox -> names.add(mailbox.name()));
          return true;
        });
    return names;
  }

  private boolean take(Untagged response) {
    if (response.is("LIST")) {
      requireRoom(mailboxes.size());
      parse(response.cursor()).ifPresent(mailbox -> mailboxes.putIfAbsent(mailbox.name(), mailbox));
      return true;
    }
    if (response.is("STATUS")) {
      requireRoom(statuses.size());
      StatusParser.parse(response.cursor(), session.utf8())
          .ifPresent(status -> statuses.put(status.name(), status));
      return true;
    }
    return response.is("MYRIGHTS") && takeRights(response.cursor());
  }

  private boolean takeRights(ResponseCursor cursor) {
    if (cursor.string()) {
      String name = MailboxNames.decode(cursor.text(), session.utf8());
      cursor.skipSpaces();
      if (cursor.string() && mailboxes.containsKey(name)) {
        String letters = cursor.text();
        rights.put(name, letters.substring(0, Math.min(MOST_RIGHTS, letters.length())));
      }
    }
    return true;
  }

  private void requireRoom(int used) {
    if (used >= session.endpoint().limits().maxElements()) {
      throw new ImapLimitException("The server lists more than " + used + " mailboxes");
    }
  }

  private Optional<ListedMailbox> parse(ResponseCursor cursor) {
    Set<String> attributes = attributes(cursor);
    cursor.skipSpaces();
    Optional<Character> separator = MailboxNames.separator(cursor);
    cursor.skipSpaces();
    if (!cursor.string()) {
      return Optional.empty();
    }
    String wire = cursor.text();
    if (wire.length() > LONGEST_NAME
        || wire.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      LOG.warn("A mailbox whose name of {} characters cannot be sent is left out", wire.length());
      return Optional.empty();
    }
    characters += wire.length();
    if (characters > MOST_CHARACTERS) {
      throw new ImapLimitException("The server lists mailboxes with too long names");
    }
    String name = MailboxNames.decode(wire, session.utf8());
    if (!name.equals("INBOX") && !session.wireName(name).equals(wire)) {
      session.oddName(name, wire);
    }
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ListedMailbox(
                name,
                separator,
                attributes,
                attributes.contains("\\subscribed"),
                Optional.empty(),
                Optional.empty()));
  }

  private static Set<String> attributes(ResponseCursor cursor) {
    Set<String> attributes = new HashSet<>();
    if (cursor.accept('(')) {
      while (!cursor.atEnd() && !cursor.accept(')')) {
        cursor.skipSpaces();
        String attribute = cursor.atom();
        if (!attribute.isEmpty()) {
          attributes.add(attribute.toLowerCase(Locale.ROOT));
        } else if (cursor.peek() != ')' && !cursor.skipValue()) {
          break;
        }
      }
    } else {
      cursor.string();
    }
    return Set.copyOf(attributes);
  }
}
