package org.jmapproxy.mail.header;

import java.util.ArrayList;
import java.util.List;

/** What stands in angle brackets outside comments and quoted strings, white space removed. */
final class BracketedItems {
  private static final int MOST_ITEMS = 10_000;

  private BracketedItems() {}

  static List<String> of(String raw) {
    FieldScanner in = new FieldScanner(raw);
    List<String> items = new ArrayList<>();
    while (!in.atEnd() && items.size() < MOST_ITEMS) {
      char c = in.peek();
      int end = c == '(' ? in.commentEnd() : c == '"' ? in.quoteEnd() : -1;
      if (end >= 0) {
        in.moveTo(end);
      } else {
        in.skip();
        if (c == '<') {
          item(in, items);
        }
      }
    }
    return items;
  }

  /** A second opening bracket begins anew; an item never closed does not count. */
  private static void item(FieldScanner in, List<String> items) {
    StringBuilder item = new StringBuilder();
    while (!in.atEnd()) {
      char c = in.peek();
      in.skip();
      if (c == '>') {
        if (!item.isEmpty()) {
          items.add(item.toString());
        }
        return;
      }
      if (c == '<') {
        item.setLength(0);
      } else if (c > ' ' && c != 0x7f) {
        item.append(c);
      }
    }
  }
}
