package org.jmapproxy.mail.charset;

import static java.util.Map.entry;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the charset that a name in a message means. Knows the misspellings of the wild and prefers
 * the superset that mail programs really wrote (windows-1252 for iso-8859-1, GB18030 for gb2312).
 * Stateless and safe for use by several threads.
 */
public final class CharsetNames {
  private static final int LONGEST_NAME = 64;
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          entry("utf8", "UTF-8"),
          entry("utf-8n", "UTF-8"),
          entry("utf8mb4", "UTF-8"),
          entry("unicode-1-1-utf-8", "UTF-8"),
          entry("unicode", "UTF-16"),
          entry("ucs-2", "UTF-16"),
          entry("ascii", "windows-1252"),
          entry("us-ascii", "windows-1252"),
          entry("ansi_x3.4-1968", "windows-1252"),
          entry("iso-8859-1", "windows-1252"),
          entry("latin1", "windows-1252"),
          entry("latin-1", "windows-1252"),
          entry("iso-latin-1", "windows-1252"),
          entry("l1", "windows-1252"),
          entry("ansi", "windows-1252"),
          entry("iso-8859-6-i", "ISO-8859-6"),
          entry("iso-8859-6-e", "ISO-8859-6"),
          entry("iso-8859-8-i", "ISO-8859-8"),
          entry("iso-8859-8-e", "ISO-8859-8"),
          entry("visual", "ISO-8859-8"),
          entry("logical", "ISO-8859-8"),
          entry("iso-8859-9", "windows-1254"),
          entry("iso-8859-11", "x-windows-874"),
          entry("tis-620", "x-windows-874"),
          entry("windows-874", "x-windows-874"),
          entry("gb2312", "GB18030"),
          entry("gb_2312-80", "GB18030"),
          entry("gbk", "GB18030"),
          entry("euc-cn", "GB18030"),
          entry("chinese", "GB18030"),
          entry("windows-936", "GB18030"),
          entry("big5", "Big5-HKSCS"),
          entry("windows-950", "x-windows-950"),
          entry("ks_c_5601-1987", "x-windows-949"),
          entry("ks_c_5601", "x-windows-949"),
          entry("ksc5601", "x-windows-949"),
          entry("euc-kr", "x-windows-949"),
          entry("windows-949", "x-windows-949"),
          entry("korean", "x-windows-949"),
          entry("shift_jis", "windows-31j"),
          entry("shift-jis", "windows-31j"),
          entry("sjis", "windows-31j"),
          entry("windows-932", "windows-31j"),
          entry("koi8r", "KOI8-R"),
          entry("koi8u", "KOI8-U"),
          entry("koi8-ru", "KOI8-U"),
          entry("koi", "KOI8-R"),
          entry("mac", "x-MacRoman"),
          entry("macintosh", "x-MacRoman"),
          entry("mac-cyrillic", "x-MacCyrillic"));

  private CharsetNames() {}

  /**
   * Finds a charset by the name in a Content-Type field or an encoded word.
   *
   * @param name as in the message, in any case, perhaps quoted
   * @return empty if no charset is meant ({@code x-unknown}, {@code 8bit}) or none is known
   */
  public static Optional<Charset> find(String name) {
    if (name.equalsIgnoreCase("utf-8")) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (name.equalsIgnoreCase("us-ascii") || name.equalsIgnoreCase("iso-8859-1")) {
      return Optional.of(WINDOWS_1252);
    }
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      return Optional.empty();
    }
    return findCanonical(canonical(name));
  }

  /** Whether the name means plain ASCII, which in mail often just says "not told". */
  static boolean isAscii(String name) {
    String canonical = canonical(name);
    return canonical.equals("us-ascii") || canonical.equals("ascii");
  }

  private static Optional<Charset> findCanonical(String name) {
    String alias = ALIASES.get(name);
    if (alias != null) {
      return known(alias);
    }
    if (name.startsWith("x-")) {
      Optional<Charset> withoutPrefix = findCanonical(name.substring(2));
      return withoutPrefix.isPresent() ? withoutPrefix : known(name);
    }
    Optional<String> codePage = codePage(name);
    if (codePage.isPresent()) {
      return ofCodePage(codePage.get());
    }
    return known(spellIso8859(name));
  }

  private static String canonical(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c > ' ' && c != '"' && c != '\'' && c < 0x7f) {
        plain.append(c);
      }
    }
    return plain.toString().toLowerCase(Locale.ROOT);
  }

  /** The digits of {@code cp-850}, {@code windows1252}, {@code win-1251}, {@code ibm437}. */
  private static Optional<String> codePage(String name) {
    int digits = name.length();
    while (digits > 0 && Character.isDigit(name.charAt(digits - 1))) {
      digits--;
    }
    String number = name.substring(digits);
    if (number.length() < 3 || number.length() > 5) {
      return Optional.empty();
    }
    return switch (name.substring(0, digits)) {
      case "",
          "cp",
          "cp-",
          "cp_",
          "win",
          "win-",
          "windows",
          "windows-",
          "windows_",
          "ms",
          "ms-",
          "ibm",
          "ibm-",
          "microsoft-cp" ->
          Optional.of(number);
      default -> Optional.empty();
    };
  }

  private static Optional<Charset> ofCodePage(String number) {
    String alias = ALIASES.get("windows-" + number);
    if (alias != null) {
      return known(alias);
    }
    if (number.equals("65001")) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    return known("windows-" + number)
        .or(() -> known("IBM" + number))
        .or(() -> known("IBM0" + number))
        .or(() -> known("x-IBM" + number));
  }

  /** {@code iso8859-15}, {@code iso_8859_15}, {@code iso885915} are iso-8859-15. */
  private static String spellIso8859(String name) {
    int at = name.indexOf("8859");
    if (!name.startsWith("iso") || at < 0 || at > 4) {
      return name;
    }
    String part = name.substring(at + 4);
    if (part.startsWith("-") || part.startsWith("_")) {
      part = part.substring(1);
    }
    String spelt = "iso-8859-" + part;
    return ALIASES.getOrDefault(spelt, spelt);
  }

  private static Optional<Charset> known(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }
}
