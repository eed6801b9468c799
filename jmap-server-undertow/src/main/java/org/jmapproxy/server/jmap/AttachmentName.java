package org.jmapproxy.server.jmap;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The Content-Disposition of a download (RFC 6266): a plain name for old clients and the real one.
 */
final class AttachmentName {

  private static final int LONGEST = 200;
  private static final String UNRESERVED = "!#$&+-.^_`|~";

  private AttachmentName() {}

  static String header(String name) {
    String safe = withoutTraps(name);
    return "attachment; filename=\"" + ascii(safe) + "\"; filename*=UTF-8''" + encoded(safe);
  }

  /** Without control and direction characters and without path separators. */
  private static String withoutTraps(String name) {
    String safe =
        name.codePoints()
            .filter(
                c ->
                    !Character.isISOControl(c)
                        && Character.getType(c) != Character.FORMAT
                        && Character.getType(c) != Character.SURROGATE)
            .map(c -> c == '/' || c == '\\' ? '_' : c)
            .limit(LONGEST)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    return safe.isBlank() || safe.matches("\\.+") ? "download" : safe;
  }

  private static String ascii(String name) {
    return name.codePoints()
        .map(c -> c < 0x20 || c > 0x7e || c == '"' || c == '%' ? '_' : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String encoded(String name) {
    StringBuilder out = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      out.append(plain ? Character.toString(c) : "%%%02X".formatted((int) c));
    }
    return out.toString();
  }
}
