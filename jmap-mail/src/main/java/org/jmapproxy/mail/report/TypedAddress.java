package org.jmapproxy.mail.report;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.mail.header.AddrSpec;

/**
 * An address with its type, as reports name recipients: {@code rfc822; ann@example.com} (RFC 3464
 * section 2.1.2).
 *
 * @param type in lower case
 * @param address as it reads; the escapes of RFC 6533 section 3 are undone
 */
public record TypedAddress(String type, String address) {

  private static final String ASCII = "rfc822";
  private static final String INTERNATIONAL = "utf-8";
  private static final int LONGEST = 1000;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9-]{1,40}");
  private static final Pattern ESCAPE = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,6})}");

  /** An address of electronic mail. */
  public static TypedAddress of(String email) {
    return new TypedAddress(AddrSpec.isInternational(email) ? INTERNATIONAL : ASCII, email);
  }

  /**
   * Reads a value.
   *
   * @param text a type, a semicolon and an address
   * @return empty when it is none of that
   */
  public static Optional<TypedAddress> parse(String text) {
    int semicolon = text.indexOf(';');
    if (semicolon < 0 || text.length() > LONGEST) {
      return Optional.empty();
    }
    String type = text.substring(0, semicolon).strip();
    String address = text.substring(semicolon + 1).strip();
    if (!TYPE.matcher(type).matches() || address.isEmpty()) {
      return Optional.empty();
    }
    String lower = type.toLowerCase(Locale.ROOT);
    boolean escapes = lower.equals(INTERNATIONAL);
    return Optional.of(new TypedAddress(lower, escapes ? unescaped(address) : bare(address)));
  }

  /** The address, if it is one of electronic mail. */
  public Optional<String> email() {
    boolean isMail = type.equals(ASCII) || type.equals(INTERNATIONAL);
    return Optional.of(address).filter(email -> isMail && AddrSpec.isValid(email));
  }

  /** The value in ASCII: {@code utf-8-addr-xtext} where the address is international. */
  public String inAscii() {
    StringBuilder text = new StringBuilder(type).append("; ");
    address
        .codePoints()
        .forEach(
            c -> {
              if (c > 126 || (c == '\\' && type.equals(INTERNATIONAL))) {
                text.append(String.format("\\x{%X}", c));
              } else {
                text.appendCodePoint(c);
              }
            });
    return text.toString();
  }

  /** The value as people read it. */
  @Override
  public String toString() {
    return type + "; " + address;
  }

  /** Many systems put angle brackets around it. */
  private static String bare(String address) {
    boolean isBracketed = address.startsWith("<") && address.endsWith(">");
    return isBracketed ? address.substring(1, address.length() - 1) : address;
  }

  private static String unescaped(String address) {
    Matcher matcher = ESCAPE.matcher(bare(address));
    return matcher.replaceAll(
        found -> {
          int codePoint = Integer.parseInt(found.group(1), 16);
          boolean isCharacter =
              Character.isValidCodePoint(codePoint) && !Character.isISOControl(codePoint);
          return Matcher.quoteReplacement(
              isCharacter ? Character.toString(codePoint) : found.group());
        });
  }
}
