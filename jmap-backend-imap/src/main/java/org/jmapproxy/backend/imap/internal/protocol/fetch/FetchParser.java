package org.jmapproxy.backend.imap.internal.protocol.fetch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.wire.ImapDates;
import org.jmapproxy.backend.imap.internal.protocol.wire.ModifiedUtf7;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/**
 * Reads a FETCH response item by item. First the end of an item's value is found by syntax alone,
 * then the value is read within these bounds: a value that surprises is missing, the next item is
 * not. Where even the end cannot be found, reading goes on at the next item name that is known for
 * sure.
 *
 * <p>One per connection, not thread-safe: flag sets that repeat are shared.
 */
public final class FetchParser {
  private static final int SHARED_FLAG_SETS = 64;
  private static final String BINARY_SIZE = "BINARY.SIZE[";

  private final BodyStructureParser bodyStructures = new BodyStructureParser();
  private final List<Set<String>> flagSets = new ArrayList<>();

  /** Reads the response from just after the word FETCH. */
  public FetchedMessage parse(long sequenceNumber, ResponseCursor cursor) {
    FetchedMessage.Values values = new FetchedMessage.Values();
    values.sequenceNumber = sequenceNumber;
    int responseEnd = cursor.end();
    values.octets = responseEnd;
    cursor.skipSpaces();
    cursor.accept('(');
    while (!cursor.atEnd()) {
      if (cursor.peek() == ' ' || cursor.peek() == ')') {
        cursor.position(cursor.position() + 1);
        continue;
      }
      int from = cursor.position();
      String item = itemName(cursor);
      cursor.skipSpaces();
      int valueStart = cursor.position();
      if (item.isEmpty()) {
        cursor.position(from + 1);
      } else if (cursor.skipValue() && !swallowsTheRest(cursor, valueStart)) {
        int valueEnd = cursor.position();
        cursor.position(valueStart);
        cursor.end(valueEnd);
        read(item, cursor, values);
        cursor.end(responseEnd);
        cursor.position(valueEnd);
      } else {
        values.broken(item);
        values.content |= isContent(item);
        cursor.position(KnownItems.next(cursor, valueStart));
      }
    }
    return new FetchedMessage(values);
  }

  /**
   * Whether a list that lacks a parenthesis took that of the whole response for its own, and the
   * items between with it.
   */
  private static boolean swallowsTheRest(ResponseCursor cursor, int valueStart) {
    int valueEnd = cursor.position();
    if (valueEnd < cursor.end() || cursor.at(valueStart) != '(') {
      return false;
    }
    boolean itemInside = KnownItems.next(cursor, valueStart) < cursor.end();
    cursor.position(valueEnd);
    return itemInside;
  }

  /**
   * {@code FLAGS}, {@code BODY[1.2]<0>}; the cursor is left behind it. Some servers put a literal
   * right behind the name, without the space.
   */
  private static String itemName(ResponseCursor cursor) {
    int from = cursor.position();
    int i = from;
    boolean bracket = false;
    while (i < cursor.end()) {
      int c = cursor.at(i);
      if (c == '[') {
        bracket = true;
      } else if (c == ']') {
        bracket = false;
      } else if (!bracket && endsName(c)) {
        break;
      }
      i++;
    }
    cursor.position(i);
    return cursor.textBetween(from, i);
  }

  private static boolean endsName(int c) {
    return c == ' ' || c == '(' || c == ')' || c == '"' || c == '{';
  }

  private void read(String name, ResponseCursor cursor, FetchedMessage.Values values) {
    String item = name.toUpperCase(Locale.ROOT);
    if (isRead(item, values)) {
      return;
    }
    values.content |= isContent(item);
    boolean read =
        switch (item) {
          case "UID" -> (values.uid = Math.max(0, cursor.number())) > 0;
          case "FLAGS" -> readFlags(cursor, values);
          case "MODSEQ" -> (values.modSeq = cursor.accept('(') ? cursor.number() : -1) >= 0;
          case "RFC822.SIZE" -> (values.size = cursor.number()) >= 0;
          case "INTERNALDATE" -> readInternalDate(cursor, values);
          case "BODYSTRUCTURE" -> readBodyStructure(cursor, values);
          case "BODY[HEADER]", "RFC822.HEADER" -> readHeader(cursor, values);
          case "EMAILID" -> !cursor.accept('(') || readString(cursor, t -> values.emailId = t);
          case "THREADID" -> !cursor.accept('(') || readString(cursor, t -> values.threadId = t);
          case "X-GM-MSGID" -> readString(cursor, t -> values.gmailMessageId = t);
          case "X-GM-THRID" -> readString(cursor, t -> values.gmailThreadId = t);
          case "X-GM-LABELS" -> readLabels(cursor, values);
          case "X-GUID" -> readString(cursor, t -> values.guid = t);
          case "PREVIEW" -> readPreview(cursor, values);
          default ->
              item.startsWith(BINARY_SIZE)
                  ? readBinarySize(item, cursor, values)
                  : !item.startsWith("BODY[") || readSection(item, cursor, values);
        };
    if (!read) {
      values.broken(item);
    }
  }

  /** The first UID and FLAGS count: what is found after a broken item must not replace them. */
  private static boolean isRead(String item, FetchedMessage.Values values) {
    return switch (item) {
      case "UID" -> values.uid > 0;
      case "FLAGS" -> values.flags != null;
      default -> false;
    };
  }

  private static boolean isContent(String item) {
    return !item.equals("UID") && !item.equals("FLAGS") && !item.equals("MODSEQ");
  }

  private boolean readFlags(ResponseCursor cursor, FetchedMessage.Values values) {
    if (!cursor.accept('(')) {
      return false;
    }
    Set<String> flags = new HashSet<>();
    while (!cursor.atEnd() && !cursor.accept(')')) {
      cursor.skipSpaces();
      String flag = cursor.atom();
      if (flag.isEmpty()) {
        if (cursor.peek() != ')' && !cursor.skipValue()) {
          break;
        }
      } else if (!flag.equalsIgnoreCase("\\Recent")
          && flags.size() < cursor.limits().maxElements()) {
        flags.add(flag);
      }
    }
    values.flags = shared(flags);
    return true;
  }

  private Set<String> shared(Set<String> flags) {
    for (Set<String> known : flagSets) {
      if (known.equals(flags)) {
        return known;
      }
    }
    Set<String> copy = Set.copyOf(flags);
    if (flagSets.size() < SHARED_FLAG_SETS) {
      flagSets.add(copy);
    }
    return copy;
  }

  private static boolean readInternalDate(ResponseCursor cursor, FetchedMessage.Values values) {
    if (cursor.string()) {
      ImapDates.parse(cursor.text()).ifPresent(date -> values.internalDate = date);
    }
    return values.internalDate != null;
  }

  private boolean readBodyStructure(ResponseCursor cursor, FetchedMessage.Values values) {
    bodyStructures.parse(cursor).ifPresent(structure -> values.bodyStructure = structure);
    return values.bodyStructure != null;
  }

  private static boolean readHeader(ResponseCursor cursor, FetchedMessage.Values values) {
    if (cursor.string()) {
      values.header = cursor.bytes();
      return true;
    }
    return false;
  }

  private static boolean readSection(
      String item, ResponseCursor cursor, FetchedMessage.Values values) {
    int close = item.indexOf(']');
    if (close < 0 || !cursor.string()) {
      return false;
    }
    values.section(item.substring("BODY[".length(), close), cursor.bytes());
    return true;
  }

  private static boolean readBinarySize(
      String item, ResponseCursor cursor, FetchedMessage.Values values) {
    int close = item.indexOf(']');
    long octets = cursor.number();
    if (close < 0 || octets < 0) {
      return false;
    }
    values.binarySize(item.substring(BINARY_SIZE.length(), close), octets);
    return true;
  }

  private static boolean readPreview(ResponseCursor cursor, FetchedMessage.Values values) {
    if (cursor.string()) {
      values.preview = cursor.text();
    }
    return true;
  }

  private static boolean readLabels(ResponseCursor cursor, FetchedMessage.Values values) {
    if (!cursor.accept('(')) {
      return false;
    }
    List<String> labels = new ArrayList<>();
    while (!cursor.atEnd() && !cursor.accept(')')) {
      cursor.skipSpaces();
      int from = cursor.position();
      if (cursor.string()) {
        String label = cursor.text();
        labels.add(ModifiedUtf7.decode(label).orElse(label));
      } else if (cursor.position() == from && cursor.peek() != ')' && !cursor.skipValue()) {
        break;
      }
    }
    values.gmailLabels = List.copyOf(labels);
    return true;
  }

  private static boolean readString(
      ResponseCursor cursor, java.util.function.Consumer<String> field) {
    if (cursor.string()) {
      field.accept(cursor.text());
      return true;
    }
    return false;
  }
}
