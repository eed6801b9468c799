package org.jmapproxy.mail.mime.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.mail.mime.MimeParameters;

/**
 * A Content-Type field read by the letter of RFC 2045, as IMAP servers read it to find the parts.
 * Names and descriptions are read leniently elsewhere; the structure must be the server's.
 *
 * @param type the media type in lower case, as far as it can be recognised; else empty
 * @param wellFormed whether the type is written as it must be; if not, nothing lies in the part
 * @param boundary of a multipart, one character for each octet; empty if it has none that counts
 */
record StructureField(String type, boolean wellFormed, Optional<String> boundary) {

  /** What servers compare of a boundary that is too long. */
  private static final int LONGEST_BOUNDARY = 80;

  /**
   * Reads a field.
   *
   * @param value the value, one character for each octet
   */
  static StructureField of(String value) {
    Reader reader = new Reader(value);
    String type = reader.type();
    boolean wellFormed = !type.isEmpty() && reader.atParameters();
    return new StructureField(type, wellFormed, wellFormed ? reader.boundary() : Optional.empty());
  }

  /** What a header means that says nothing. */
  static StructureField ofType(String type) {
    return new StructureField(type, true, Optional.empty());
  }

  boolean isMultipart() {
    return wellFormed && type.startsWith("multipart/");
  }

  boolean isMessage() {
    return wellFormed && type.equals("message/rfc822");
  }

  private static final class Reader {
    private static final String SPECIALS = "()<>@,;:\\\"/[]?=";

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    String type() {
      skipSpaceAndComments();
      String type = token("");
      skipSpaceAndComments();
      if (type.isEmpty() || !accept('/')) {
        return "";
      }
      skipSpaceAndComments();
      String subtype = token("");
      skipSpaceAndComments();
      return subtype.isEmpty() ? "" : (type + "/" + subtype).toLowerCase(Locale.ROOT);
    }

    boolean atParameters() {
      return at == text.length() || text.charAt(at) == ';';
    }

    /** Parameters count up to the first that is malformed. */
    Optional<String> boundary() {
      List<Map.Entry<String, String>> sections = new ArrayList<>();
      while (accept(';')) {
        skipSpaceAndComments();
        String name = token("").toLowerCase(Locale.ROOT);
        skipSpaceAndComments();
        if (name.isEmpty() || !accept('=')) {
          break;
        }
        skipSpaceAndComments();
        Optional<String> value = value();
        if (value.isEmpty()) {
          break;
        }
        if (name.equals("boundary")) {
          return value.map(Reader::shortened);
        }
        if (name.startsWith("boundary*")) {
          sections.add(Map.entry(name, value.get()));
        }
        skipSpaceAndComments();
      }
      String joined = MimeParameters.decode(sections).get("boundary");
      return Optional.ofNullable(joined).map(Reader::shortened);
    }

    private Optional<String> value() {
      return at < text.length() && text.charAt(at) == '"' ? quoted() : Optional.of(token("="));
    }

    private Optional<String> quoted() {
      StringBuilder content = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        if (text.charAt(at) != '\r' && text.charAt(at) != '\n') {
          content.append(text.charAt(at));
        }
      }
      return accept('"') ? Optional.of(content.toString()) : Optional.empty();
    }

    private String token(String alsoAllowed) {
      int start = at;
      while (at < text.length() && isTokenCharacter(text.charAt(at), alsoAllowed)) {
        at++;
      }
      return text.substring(start, at);
    }

    private static boolean isTokenCharacter(char c, String alsoAllowed) {
      return alsoAllowed.indexOf(c) >= 0 || (c > ' ' && c != 0x7f && SPECIALS.indexOf(c) < 0);
    }

    private boolean accept(char c) {
      boolean found = at < text.length() && text.charAt(at) == c;
      at += found ? 1 : 0;
      return found;
    }

    private void skipSpaceAndComments() {
      int depth = 0;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\\' && depth > 0) {
          at++;
        } else if (c == '(') {
          depth++;
        } else if (c == ')' && depth > 0) {
          depth--;
        } else if (depth == 0 && c != ' ' && c != '\t' && c != '\r' && c != '\n') {
          return;
        }
        at++;
      }
      at = Math.min(at, text.length());
    }

    private static String shortened(String boundary) {
      return boundary.substring(0, Math.min(boundary.length(), LONGEST_BOUNDARY));
    }
  }
}
