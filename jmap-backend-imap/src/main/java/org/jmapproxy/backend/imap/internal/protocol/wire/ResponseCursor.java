package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Walks over the bytes of one response. Nothing here throws for what a server sent: a value of
 * another kind than asked for reads as absent, and {@link #skipValue} always gets on.
 *
 * <p>{@link #string} leaves its find in the cursor ({@link #bytes}, {@link #text}), so that a value
 * that nobody wants costs no object. Not thread-safe; valid until its reader reads on.
 */
public final class ResponseCursor {
  private final ImapLimits limits;
  private final TokenCache tokens = new TokenCache();
  private byte[] data = new byte[0];
  private int position;
  private int end;
  private int valueStart;
  private int valueEnd;
  private boolean valueEscaped;

  ResponseCursor(ImapLimits limits) {
    this.limits = limits;
  }

  /** A cursor on bytes at hand. */
  public static ResponseCursor of(byte[] bytes, ImapLimits limits) {
    return new ResponseCursor(limits).on(bytes, 0, bytes.length);
  }

  ResponseCursor on(byte[] bytes, int from, int to) {
    data = bytes;
    position = from;
    end = to;
    return this;
  }

  public ImapLimits limits() {
    return limits;
  }

  public int position() {
    return position;
  }

  public void position(int newPosition) {
    position = newPosition;
  }

  public int end() {
    return end;
  }

  /** Narrows (or widens back) what the cursor may see. */
  public void end(int newEnd) {
    end = newEnd;
  }

  public boolean atEnd() {
    return position >= end;
  }

  /** The next byte as 0-255, or -1 at the end. */
  public int peek() {
    return position < end ? data[position] & 0xFF : -1;
  }

  /** The byte at an absolute position. */
  public int at(int index) {
    return data[index] & 0xFF;
  }

  /** Steps over that character if it is next. */
  public boolean accept(char expected) {
    if (position < end && data[position] == expected) {
      position++;
      return true;
    }
    return false;
  }

  public void skipSpaces() {
    while (position < end && data[position] == ' ') {
      position++;
    }
  }

  /** Steps over the word if it is next, in any case, and ends there. */
  public boolean acceptWord(String upperCase) {
    int length = upperCase.length();
    if (end - position < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int c = data[position + i];
      if (c >= 'a' && c <= 'z') {
        c -= 32;
      }
      if (c != upperCase.charAt(i)) {
        return false;
      }
    }
    int after = position + length;
    if (after < end && isAtomByte(data[after])) {
      return false;
    }
    position = after;
    return true;
  }

  /** The number that is next, or -1 if there is none (or one beyond 63 bits). */
  public long number() {
    int i = position;
    long value = 0;
    while (i < end && data[i] >= '0' && data[i] <= '9') {
      value = value * 10 + (data[i] - '0');
      if (value < 0 || i - position > 18) {
        return -1;
      }
      i++;
    }
    if (i == position) {
      return -1;
    }
    position = i;
    return value;
  }

  /** The atom that is next, as sent; empty if there is none. Short ones are shared. */
  public String atom() {
    int from = position;
    while (position < end && isAtomByte(data[position])) {
      position++;
    }
    return tokens.get(data, from, position);
  }

  /**
   * Steps over a string, quoted or literal, or an atom in its place, and remembers it. False if NIL
   * or no string is next; NIL is stepped over.
   */
  public boolean string() {
    int c = peek();
    if (c == '"') {
      return quoted();
    }
    if ((c == '{' || c == '~') && literal()) {
      return true;
    }
    int from = position;
    while (position < end && isAtomByte(data[position])) {
      position++;
    }
    remember(from, position, false);
    return position > from && !isNil(from, position);
  }

  /** The remembered string's bytes, as a copy. */
  public byte[] bytes() {
    return valueEscaped ? unescaped() : Arrays.copyOfRange(data, valueStart, valueEnd);
  }

  /** How many bytes the remembered string has as sent. */
  public int length() {
    return valueEnd - valueStart;
  }

  /**
   * The remembered string as text: UTF-8, or ISO 8859-1 where it is none. Short ones are shared.
   */
  public String text() {
    if (valueEscaped) {
      byte[] plain = unescaped();
      return decode(plain, 0, plain.length);
    }
    return tokens.get(data, valueStart, valueEnd);
  }

  /** All that is left, as text. */
  public String rest() {
    String text = decode(data, position, Math.max(position, end));
    position = end;
    return text;
  }

  /** Bytes between two positions, as text. */
  public String textBetween(int from, int to) {
    return tokens.get(data, from, to);
  }

  /**
   * Steps over one value of any kind: list, string, atom. False if it has no end (then the cursor
   * is at the end) or nests deeper than allowed.
   */
  public boolean skipValue() {
    int depth = 0;
    do {
      skipSpaces();
      int c = peek();
      if (c < 0) {
        return false;
      }
      if (c == '(') {
        position++;
        if (++depth > limits.maxDepth()) {
          return false;
        }
      } else if (c == ')') {
        if (depth == 0) {
          return false;
        }
        position++;
        depth--;
      } else if (c == '"') {
        if (!quoted()) {
          return false;
        }
      } else if (!((c == '{' || c == '~') && literal())) {
        skipAtom();
      }
    } while (depth > 0);
    return true;
  }

  private void skipAtom() {
    int from = position;
    while (position < end && isAtomByte(data[position])) {
      position++;
    }
    if (position == from) {
      position++;
    }
  }

  private boolean quoted() {
    boolean escaped = false;
    for (int i = position + 1; i < end; i++) {
      byte c = data[i];
      if (c == '"') {
        remember(position + 1, i, escaped);
        position = i + 1;
        return true;
      }
      if (c == '\\') {
        escaped = true;
        i++;
      }
    }
    position = end;
    return false;
  }

  private boolean literal() {
    int i = data[position] == '~' ? position + 1 : position;
    if (i >= end || data[i] != '{') {
      return false;
    }
    long size = 0;
    for (i++; i < end && data[i] >= '0' && data[i] <= '9'; i++) {
      size = size * 10 + (data[i] - '0');
      if (size > end) {
        return false;
      }
    }
    if (i < end && data[i] == '+') {
      i++;
    }
    if (i >= end || data[i] != '}') {
      return false;
    }
    i++;
    if (i < end && data[i] == '\r') {
      i++;
    }
    if (i >= end || data[i] != '\n' || size > end - i - 1) {
      return false;
    }
    remember(i + 1, i + 1 + (int) size, false);
    position = valueEnd;
    return true;
  }

  private void remember(int from, int to, boolean escaped) {
    valueStart = from;
    valueEnd = to;
    valueEscaped = escaped;
  }

  private byte[] unescaped() {
    byte[] plain = new byte[valueEnd - valueStart];
    int length = 0;
    for (int i = valueStart; i < valueEnd; i++) {
      if (data[i] == '\\' && i + 1 < valueEnd) {
        i++;
      }
      plain[length++] = data[i];
    }
    return Arrays.copyOf(plain, length);
  }

  private boolean isNil(int from, int to) {
    return to - from == 3
        && (data[from] & 0xDF) == 'N'
        && (data[from + 1] & 0xDF) == 'I'
        && (data[from + 2] & 0xDF) == 'L';
  }

  private static boolean isAtomByte(byte c) {
    return c != ' ' && c != '(' && c != ')' && c != '"' && c != '\r' && c != '\n';
  }

  /** UTF-8 where it is valid, else every byte as one character. */
  static String decode(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        return decodeEightBit(bytes, from, to);
      }
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private static String decodeEightBit(byte[] bytes, int from, int to) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, to - from))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
  }
}
