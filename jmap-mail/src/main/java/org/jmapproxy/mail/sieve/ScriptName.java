package org.jmapproxy.mail.sieve;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/** What a script may be called (RFC 9661 section 2.1, RFC 5804 section 1.6). */
final class ScriptName {

  private ScriptName() {}

  /** Net-Unicode (RFC 5198) is normalised. */
  static String normalised(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC);
  }

  /** Why a normalised name is refused. */
  static Optional<String> problem(String name, int maxSize) {
    if (name.isEmpty()) {
      return Optional.of("must not be empty");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > maxSize) {
      return Optional.of("must not exceed " + maxSize + " octets");
    }
    return name.codePoints().anyMatch(ScriptName::isForbidden)
        ? Optional.of("must not contain control characters")
        : Optional.empty();
  }

  private static boolean isForbidden(int codePoint) {
    return Character.isISOControl(codePoint) || codePoint == 0x2028 || codePoint == 0x2029;
  }
}
