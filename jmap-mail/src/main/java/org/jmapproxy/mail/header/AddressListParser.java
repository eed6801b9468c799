package org.jmapproxy.mail.header;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads an address-list (RFC 5322 section 3.4, obsolete syntax included) from anything. One pass:
 * every step takes at least one character.
 */
final class AddressListParser {
  private static final int MOST_ADDRESSES_AND_GROUPS = 200_000;

  private final FieldScanner in;
  private final List<EmailAddressGroup> groups = new ArrayList<>();
  private List<EmailAddress> members = new ArrayList<>();
  private Optional<String> groupName = Optional.empty();
  private MailboxWords words = new MailboxWords();
  private int count;

  AddressListParser(String raw) {
    this.in = new FieldScanner(raw);
  }

  List<EmailAddressGroup> parse() {
    while (!in.atEnd() && count < MOST_ADDRESSES_AND_GROUPS) {
      if (in.skipSpace()) {
        words.space();
        continue;
      }
      switch (in.peek()) {
        case ',' -> separator();
        case ';' -> groupEnd();
        case ':' -> groupStart();
        case '(' -> comment();
        case '"' -> quotedString();
        case '<' -> angleAddress();
        default -> word();
      }
    }
    endMailbox();
    endGroup();
    return List.copyOf(groups);
  }

  private void separator() {
    in.skip();
    endMailbox();
  }

  /** Outside a group it is a comma typed by somebody used to another program. */
  private void groupEnd() {
    separator();
    if (groupName.isPresent()) {
      endGroup();
    }
  }

  private void groupStart() {
    in.skip();
    if (words.isMailtoScheme()) {
      words = new MailboxWords();
    } else if (words.canNameGroup()) {
      String name = words.phrase();
      words = new MailboxWords();
      endGroup();
      groupName = Optional.of(name);
    }
  }

  private void comment() {
    int end = in.commentEnd();
    if (end < 0) {
      in.skip();
      return;
    }
    int start = in.position();
    in.moveTo(end);
    words.comment(in.since(start));
  }

  private void quotedString() {
    int end = in.quoteEnd();
    if (end < 0) {
      in.skip();
      return;
    }
    int start = in.position();
    in.moveTo(end);
    beginNextAfterAngle();
    words.quoted(in.since(start));
  }

  private void word() {
    int start = in.position();
    int encodedWordEnd = in.encodedWordEnd();
    if (encodedWordEnd >= 0) {
      in.moveTo(encodedWordEnd);
    } else {
      do {
        int literalEnd = in.domainLiteralEnd();
        in.moveTo(literalEnd >= 0 ? literalEnd : in.position() + 1);
      } while (!in.atEnd() && !endsWord(in.peek()));
    }
    beginNextAfterAngle();
    words.atom(in.since(start));
  }

  private void angleAddress() {
    in.skip();
    if (words.hasAngle()) {
      endMailbox();
    }
    words.angle(readAngle());
  }

  /** Up to the closing bracket, or to where the next address seems to begin if it is missing. */
  private String readAngle() {
    AngleContent content = new AngleContent();
    while (!in.atEnd()) {
      char c = in.peek();
      if (c == '>') {
        in.skip();
        break;
      }
      boolean nextBegins = c == '<' && !content.isEmpty();
      boolean separated = (c == ',' || c == ';') && !content.isRoute();
      if (nextBegins || separated) {
        break;
      }
      int start = in.position();
      int end = c == '"' ? in.quoteEnd() : c == '(' ? in.commentEnd() : -1;
      in.moveTo(end < 0 ? start + 1 : end);
      if (end >= 0 && c == '"') {
        content.quoted(in.since(start));
      } else if (end < 0 && c != '<') {
        content.character(c);
      }
    }
    return content.address();
  }

  /** Words after a bracketed address, with no comma between, belong to the next one. */
  private void beginNextAfterAngle() {
    if (words.hasAngle()) {
      endMailbox();
      words.followsAngle();
    }
  }

  private void endMailbox() {
    List<EmailAddress> found = words.mailboxes();
    members.addAll(found);
    count += found.size();
    words = new MailboxWords();
  }

  private void endGroup() {
    endMailbox();
    if (groupName.isPresent() || !members.isEmpty()) {
      groups.add(new EmailAddressGroup(groupName, members));
      count++;
    }
    members = new ArrayList<>();
    groupName = Optional.empty();
  }

  private static boolean endsWord(char c) {
    return switch (c) {
      case ',', ';', ':', '(', '"', '<' -> true;
      default -> FieldScanner.isSpace(c);
    };
  }
}
