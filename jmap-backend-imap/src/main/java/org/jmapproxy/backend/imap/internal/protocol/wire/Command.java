package org.jmapproxy.backend.imap.internal.protocol.wire;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A command being put together. Every value is checked or encoded, so that nothing a user typed can
 * end the line: CR, LF and NUL are refused everywhere. Not thread-safe, used once.
 */
public final class Command {
  private static final String ATOM_SPECIALS = "(){ %*\"\\]";
  private static final int LONGEST_QUOTED = 1000;

  /** A piece of the command: text for the line, or a literal. */
  sealed interface Part permits Text, Literal {}

  /** Text of the line itself. */
  record Text(StringBuilder text) implements Part {}

  /** A literal of known size. */
  record Literal(InputStream source, long size, boolean binary) implements Part {}

  private final String name;
  private final List<Part> parts = new ArrayList<>();
  private StringBuilder line = new StringBuilder(64);
  private boolean confidential;

  private Command(String name) {
    this.name = name;
    parts.add(new Text(line));
    raw(name);
  }

  /** A command of that name, without arguments yet. */
  public static Command named(String name) {
    return new Command(name);
  }

  public String name() {
    return name;
  }

  List<Part> parts() {
    return parts;
  }

  /** Keeps the arguments out of every log. */
  public Command confidential() {
    confidential = true;
    return this;
  }

  /** Appends text that is IMAP syntax already (trusted; still no line breaks). */
  public Command raw(String syntax) {
    for (int i = 0; i < syntax.length(); i++) {
      char c = syntax.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        throw new IllegalArgumentException("Not IMAP syntax: character " + (int) c);
      }
    }
    line.append(syntax);
    return this;
  }

  public Command space() {
    line.append(' ');
    return this;
  }

  /** Appends a space and a number. */
  public Command number(long value) {
    line.append(' ').append(value);
    return this;
  }

  /** Appends a space and a string, quoted or as a literal. */
  public Command string(String value) {
    space();
    return bareString(value);
  }

  /** Appends a string, quoted or as a literal. */
  public Command bareString(String value) {
    requireOneLine(value);
    if (isPrintableAscii(value) && value.length() <= LONGEST_QUOTED) {
      line.append('"');
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == '"' || c == '\\') {
          line.append('\\');
        }
        line.append(c);
      }
      line.append('"');
      return this;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return literal(new ByteArrayInputStream(bytes), bytes.length);
  }

  /** Appends a space and a parenthesised list of flags, each checked to be one. */
  public Command flags(Collection<String> flags) {
    for (String flag : flags) {
      requireFlag(flag);
    }
    line.append(" (").append(String.join(" ", flags)).append(')');
    return this;
  }

  /** Appends a literal that is streamed; {@code source} must give exactly {@code size} bytes. */
  public Command literal(InputStream source, long size) {
    return literal(source, size, false);
  }

  /** Appends a literal8 ({@code ~{n}}), which may hold any byte (RFC 3516, RFC 6855). */
  public Command literal8(InputStream source, long size) {
    return literal(source, size, true);
  }

  private Command literal(InputStream source, long size, boolean binary) {
    parts.add(new Literal(source, size, binary));
    line = new StringBuilder();
    parts.add(new Text(line));
    return this;
  }

  /** The command for a log: literals as their size, nothing of a confidential one. */
  @Override
  public String toString() {
    if (confidential) {
      return name + " ...";
    }
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      if (part instanceof Text text) {
        out.append(text.text());
      } else if (part instanceof Literal literal) {
        out.append('{').append(literal.size()).append('}');
      }
    }
    return out.toString();
  }

  /** Refuses what could end a line early. */
  public static void requireOneLine(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\r' || c == '\n' || c == 0) {
        throw new IllegalArgumentException("Line breaks and NUL cannot be sent in IMAP strings");
      }
    }
  }

  private static void requireFlag(String flag) {
    boolean valid = !flag.isEmpty() && !flag.equals("\\");
    for (int i = flag.startsWith("\\") ? 1 : 0; valid && i < flag.length(); i++) {
      char c = flag.charAt(i);
      valid = c > 0x20 && c < 0x7f && ATOM_SPECIALS.indexOf(c) < 0;
    }
    if (!valid) {
      throw new IllegalArgumentException("Not a flag: " + flag.replaceAll("\\p{Cntrl}", "?"));
    }
  }

  private static boolean isPrintableAscii(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        return false;
      }
    }
    return true;
  }
}
