package org.jmapproxy.mail.email;

import java.util.Locale;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;

/** The syntax of keywords (RFC 8621 section 4.1.1). */
public final class Keywords {

  /** A string that is a keyword. */
  static final JsonType TYPE =
      JsonType.simple("a keyword", value -> value.isString() && isValid(value.stringValue()));

  private static final int LONGEST = 255;
  private static final String FORBIDDEN = "(){]%*\"\\";

  private Keywords() {}

  /** Whether a text may be a keyword, in any case. */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f && FORBIDDEN.indexOf(c) < 0);
  }

  /** A keyword as JMAP shows it: in lower case. */
  public static String canonical(String keyword) {
    return keyword.toLowerCase(Locale.ROOT);
  }

  static String decode(JsonNode value) {
    return canonical(value.stringValue());
  }
}
