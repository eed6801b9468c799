package org.jmapproxy.backend.imap.internal.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.wire.ResponseCursor;

/** Reads the NAMESPACE response: three lists, each of (prefix separator ...). */
final class NamespaceParser implements UntaggedHandler {
  private final boolean utf8;
  private Optional<Namespaces> result = Optional.empty();

  /**
   * A parser for one response.
   *
   * @param utf8 whether names are plain UTF-8
   */
  NamespaceParser(boolean utf8) {
    this.utf8 = utf8;
  }

  Optional<Namespaces> result() {
    return result;
  }

  @Override
  public boolean take(Untagged response) {
    if (!response.is("NAMESPACE")) {
      return false;
    }
    ResponseCursor cursor = response.cursor();
    List<Namespaces.Namespace> personal = namespaces(cursor);
    List<Namespaces.Namespace> others = namespaces(cursor);
    result = Optional.of(new Namespaces(personal, others, namespaces(cursor)));
    return true;
  }

  private List<Namespaces.Namespace> namespaces(ResponseCursor cursor) {
    List<Namespaces.Namespace> found = new ArrayList<>();
    cursor.skipSpaces();
    if (!cursor.accept('(')) {
      cursor.skipValue();
      return List.of();
    }
    while (!cursor.atEnd() && !cursor.accept(')')) {
      cursor.skipSpaces();
      int from = cursor.position();
      if (!cursor.skipValue()) {
        break;
      }
      int to = cursor.position();
      cursor.position(from);
      if (cursor.accept('(') && cursor.string() && found.size() < 1000) {
        String prefix = MailboxNames.decode(cursor.text(), utf8);
        cursor.skipSpaces();
        found.add(new Namespaces.Namespace(prefix, MailboxNames.separator(cursor)));
      }
      cursor.position(to);
    }
    return List.copyOf(found);
  }
}
