package org.jmapproxy.mail.mime;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jmapproxy.mail.header.TextForm;

/**
 * Decodes the parameters of Content-Type and Content-Disposition: continuations and charsets of RFC
 * 2231, encoded words where they do not belong but everybody writes them, raw 8-bit text.
 */
public final class MimeParameters {
  private static final int MOST_PARAMETERS = 1_000;
  private static final int MOST_SECTIONS = 1_000;

  private MimeParameters() {}

  /**
   * Decodes parameters as they stand in a header field or a BODYSTRUCTURE.
   *
   * @param raw attribute and value, unquoted, in order; of a hostile list the first 1,000
   * @return values by lower-case name; the first of equal names counts
   */
  public static Map<String, String> decode(List<Map.Entry<String, String>> raw) {
    Map<String, String> decoded = new LinkedHashMap<>();
    Map<String, ExtendedValue> extended = new HashMap<>();
    raw.stream().limit(MOST_PARAMETERS).forEach(entry -> take(entry, decoded, extended));
    extended.forEach((name, value) -> decoded.put(name, value.text()));
    return Map.copyOf(decoded);
  }

  private static void take(
      Map.Entry<String, String> entry,
      Map<String, String> decoded,
      Map<String, ExtendedValue> extended) {
    String attribute = entry.getKey().strip().toLowerCase(Locale.ROOT);
    int star = attribute.indexOf('*');
    if (star <= 0) {
      decoded.putIfAbsent(attribute, plain(entry.getValue()));
      return;
    }
    boolean encoded = attribute.endsWith("*");
    int numberEnd = attribute.length() - (encoded ? 1 : 0);
    boolean whole = star == attribute.length() - 1;
    int section = whole ? 0 : section(attribute.substring(star + 1, numberEnd));
    if (section >= 0) {
      extended
          .computeIfAbsent(attribute.substring(0, star), name -> new ExtendedValue(new TreeMap<>()))
          .sections()
          .putIfAbsent(section, new ExtendedValue.Section(entry.getValue(), encoded));
    }
  }

  private static int section(String number) {
    boolean valid =
        !number.isEmpty()
            && number.length() <= 4
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    int section = valid ? Integer.parseInt(number) : -1;
    return section < MOST_SECTIONS ? section : -1;
  }

  private static String plain(String value) {
    return TextForm.of(value).strip();
  }
}
