package org.jmapproxy.mail.header;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jmapproxy.mail.charset.TextDecoder;

/** Where the fields of a header begin and end. */
final class FieldIndex {
  /** No honest message comes near it; it bounds what ten megabytes of "a:" cost. */
  private static final int MOST_FIELDS = 20_000;

  private static final int INTS_PER_FIELD = 3;

  private final byte[] octets;
  private final int[] marks;
  private final int count;

  private FieldIndex(byte[] octets, int[] marks, int count) {
    this.octets = octets;
    this.marks = marks;
    this.count = count;
  }

  static FieldIndex of(byte[] octets) {
    int[] marks = new int[32 * INTS_PER_FIELD];
    int count = 0;
    boolean inField = false;
    int line = 0;
    while (line < octets.length) {
      int lineFeed = lineFeed(octets, line);
      int end = lineFeed > line && octets[lineFeed - 1] == '\r' ? lineFeed - 1 : lineFeed;
      if (end == line) {
        break;
      }
      if (octets[line] == ' ' || octets[line] == '\t') {
        if (inField) {
          marks[(count - 1) * INTS_PER_FIELD + 2] = end;
        }
      } else {
        int colon = colonOfField(octets, line, end);
        inField = colon >= 0;
        if (inField) {
          if (count == MOST_FIELDS) {
            break;
          }
          if ((count + 1) * INTS_PER_FIELD > marks.length) {
            marks = Arrays.copyOf(marks, marks.length * 2);
          }
          marks[count * INTS_PER_FIELD] = line;
          marks[count * INTS_PER_FIELD + 1] = colon;
          marks[count * INTS_PER_FIELD + 2] = end;
          count++;
        }
      }
      line = lineFeed + 1;
    }
    return new FieldIndex(octets, marks, count);
  }

  int count() {
    return count;
  }

  boolean isNamed(int field, String name) {
    int start = marks[field * INTS_PER_FIELD];
    int length = name.length();
    if (nameEnd(field) - start != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower((char) octets[start + i]) != lower(name.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  HeaderField field(int field) {
    int start = marks[field * INTS_PER_FIELD];
    String name = new String(octets, start, nameEnd(field) - start, StandardCharsets.ISO_8859_1);
    int from = marks[field * INTS_PER_FIELD + 1] + 1;
    int length = marks[field * INTS_PER_FIELD + 2] - from;
    if (TextDecoder.isAscii(octets, from, length)) {
      String value = withoutNul(new String(octets, from, length, StandardCharsets.ISO_8859_1));
      return new HeaderField(name, value);
    }
    String value = withoutNul(utf8(octets, from, length));
    if (value.indexOf('\uFFFD') < 0) {
      return new HeaderField(name, value);
    }
    return new HeaderField(name, value, withoutNul(TextDecoder.guess(octets, from, length)));
  }

  private static String utf8(byte[] octets, int from, int length) {
    Charset utf8 = StandardCharsets.UTF_8;
    return new String(octets, from, length, utf8);
  }

  private static String withoutNul(String value) {
    return value.indexOf('\0') < 0 ? value : value.replace("\0", "");
  }

  /** The obsolete syntax allows white space between the name and the colon. */
  private int nameEnd(int field) {
    int end = marks[field * INTS_PER_FIELD + 1];
    while (octets[end - 1] == ' ' || octets[end - 1] == '\t') {
      end--;
    }
    return end;
  }

  private static int lineFeed(byte[] octets, int from) {
    int at = from;
    while (at < octets.length && octets[at] != '\n') {
      at++;
    }
    return at;
  }

  /** The colon after a field name, or -1 if the line does not begin with a field name. */
  private static int colonOfField(byte[] octets, int line, int end) {
    int at = line;
    while (at < end && octets[at] > ' ' && octets[at] < 0x7f && octets[at] != ':') {
      at++;
    }
    if (at == line) {
      return -1;
    }
    while (at < end && (octets[at] == ' ' || octets[at] == '\t')) {
      at++;
    }
    return at < end && octets[at] == ':' ? at : -1;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
  }
}
