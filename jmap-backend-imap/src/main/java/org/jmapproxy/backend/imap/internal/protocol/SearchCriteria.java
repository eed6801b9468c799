package org.jmapproxy.backend.imap.internal.protocol;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jmapproxy.backend.imap.internal.protocol.wire.Command;
import org.jmapproxy.backend.imap.internal.protocol.wire.ImapDates;

/**
 * What UID SEARCH looks for; all criteria together must hold. Not thread-safe while it is built.
 *
 * <p>Text is sent as UTF-8 where it is not ASCII.
 */
public final class SearchCriteria {
  private final List<Consumer<Command>> keys = new ArrayList<>();
  private boolean ascii = true;

  private SearchCriteria() {}

  /** Every message. */
  public static SearchCriteria all() {
    return new SearchCriteria();
  }

  public SearchCriteria uids(UidSet uids) {
    return key(command -> command.raw("UID " + uids));
  }

  public SearchCriteria deleted(boolean deleted) {
    return key(command -> command.raw(deleted ? "DELETED" : "UNDELETED"));
  }

  public SearchCriteria seen(boolean seen) {
    return key(command -> command.raw(seen ? "SEEN" : "UNSEEN"));
  }

  /** A header field contains the text; an empty text asks for the field's presence. */
  public SearchCriteria header(String field, String text) {
    note(text);
    return key(command -> command.raw("HEADER").string(field).string(text));
  }

  /** Header or body contains the text. */
  public SearchCriteria text(String text) {
    note(text);
    return key(command -> command.raw("TEXT").string(text));
  }

  /** The body contains the text, which may have line breaks. */
  public SearchCriteria body(String text) {
    note(text);
    return text.indexOf('\n') < 0
        ? key(command -> command.raw("BODY").string(text))
        : key(command -> literal(command.raw("BODY").space(), text));
  }

  private static void literal(Command command, String text) {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    command.literal(new ByteArrayInputStream(octets), octets.length);
  }

  /** RFC822.SIZE is greater. */
  public SearchCriteria larger(long octets) {
    return key(command -> command.raw("LARGER " + octets));
  }

  /** RFC822.SIZE is smaller. */
  public SearchCriteria smaller(long octets) {
    return key(command -> command.raw("SMALLER " + octets));
  }

  /** INTERNALDATE is on that day or later. */
  public SearchCriteria since(LocalDate day) {
    return key(command -> command.raw("SINCE " + ImapDates.date(day)));
  }

  /** INTERNALDATE is before that day. */
  public SearchCriteria before(LocalDate day) {
    return key(command -> command.raw("BEFORE " + ImapDates.date(day)));
  }

  /** Changed since that mod-sequence (CONDSTORE). */
  public SearchCriteria modSeq(long modSeq) {
    return key(command -> command.raw("MODSEQ " + modSeq));
  }

  /** None of these hold together. */
  public SearchCriteria not(SearchCriteria other) {
    ascii &= other.ascii;
    return key(
        command -> {
          command.raw("NOT (");
          other.write(command);
          command.raw(")");
        });
  }

  /** At least one of the two holds. */
  public SearchCriteria or(SearchCriteria one, SearchCriteria other) {
    ascii &= one.ascii && other.ascii;
    return key(
        command -> {
          command.raw("OR (");
          one.write(command);
          command.raw(") (");
          other.write(command);
          command.raw(")");
        });
  }

  /** Both hold. */
  public SearchCriteria and(SearchCriteria other) {
    ascii &= other.ascii;
    return key(
        command -> {
          command.raw("(");
          other.write(command);
          command.raw(")");
        });
  }

  /** Whether all texts are ASCII, which every server understands. */
  public boolean isAscii() {
    return ascii;
  }

  void write(Command command) {
    if (keys.isEmpty()) {
      command.raw("ALL");
    }
    for (int i = 0; i < keys.size(); i++) {
      if (i > 0) {
        command.space();
      }
      keys.get(i).accept(command);
    }
  }

  private void note(String text) {
    ascii &= text.chars().allMatch(c -> c < 0x80);
  }

  private SearchCriteria key(Consumer<Command> key) {
    keys.add(key);
    return this;
  }
}
