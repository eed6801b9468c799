package org.jmapproxy.mail.header;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The {@code Mailbox} of SMTP commands (RFC 5321 section 4.1.2, with the letters of RFC 6531).
 * Nothing that passes can end a command or begin another.
 */
public final class AddrSpec {

  private static final int LONGEST = 254;
  private static final int LONGEST_LOCAL_PART = 64;
  private static final int LONGEST_LABEL = 63;
  private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~";

  private AddrSpec() {}

  /** Whether mail can be sent to or from this. */
  public static boolean isValid(String email) {
    int at = email.lastIndexOf('@');
    return at > 0
        && octets(email) <= LONGEST
        && octets(email.substring(0, at)) <= LONGEST_LOCAL_PART
        && isLocalPart(email.substring(0, at))
        && isDomain(email.substring(at + 1));
  }

  /** Whether it takes SMTPUTF8 to say it. */
  public static boolean isInternational(String email) {
    return email.chars().anyMatch(c -> c > 127);
  }

  /** By which two addresses are the same recipient: domains have no case. */
  public static String key(String email) {
    int at = email.lastIndexOf('@');
    return at < 0 ? email : email.substring(0, at) + email.substring(at).toLowerCase(Locale.ROOT);
  }

  private static boolean isLocalPart(String local) {
    return local.startsWith("\"") ? isQuoted(local) : isDotAtom(local);
  }

  private static boolean isDotAtom(String local) {
    return !local.startsWith(".")
        && !local.endsWith(".")
        && !local.contains("..")
        && local.codePoints().allMatch(c -> c == '.' || isAtomText(c));
  }

  private static boolean isQuoted(String local) {
    if (local.length() < 2 || !local.endsWith("\"")) {
      return false;
    }
    boolean escaped = false;
    for (int i = 1; i < local.length() - 1; i++) {
      char c = local.charAt(i);
      if (c < ' ' || c == 127 || (c > 127 && !isLetterBeyondAscii(local.codePointAt(i)))) {
        return false;
      }
      if (!escaped && c == '"') {
        return false;
      }
      escaped = !escaped && c == '\\';
    }
    return !escaped;
  }

  private static boolean isDomain(String domain) {
    if (domain.startsWith("[")) {
      return domain.matches("\\[[A-Za-z0-9:.-]{2,70}\\]");
    }
    for (String label : domain.split("\\.", -1)) {
      if (label.isEmpty()
          || label.length() > LONGEST_LABEL
          || label.startsWith("-")
          || label.endsWith("-")
          || !label.codePoints().allMatch(AddrSpec::isLabelText)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAtomText(int c) {
    return isAlphanumeric(c) || ATOM_SPECIALS.indexOf(c) >= 0 || isLetterBeyondAscii(c);
  }

  private static boolean isLabelText(int c) {
    return isAlphanumeric(c) || c == '-' || c == '_' || isLetterBeyondAscii(c);
  }

  private static boolean isAlphanumeric(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Anything above ASCII but controls, separators and halves of characters. */
  private static boolean isLetterBeyondAscii(int c) {
    if (c <= 127) {
      return false;
    }
    int type = Character.getType(c);
    return !Character.isISOControl(c)
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.SPACE_SEPARATOR;
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
