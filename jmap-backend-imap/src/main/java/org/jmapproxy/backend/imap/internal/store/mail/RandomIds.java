package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.random.RandomGenerator;
import org.jmapproxy.core.id.Id;

/**
 * Draws public ids: a letter and 15 lower-case letters and digits (75 bits), so that ids differ in
 * more than case, and look neither like numbers nor like options (RFC 8620 section 1.2).
 *
 * @param random the source; must not be predictable if ids shall not be
 */
record RandomIds(RandomGenerator random) {

  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int LENGTH = 15;
  private static final int LONGEST_FROM_SERVER = 250;

  /** A new id. */
  Id next(char prefix) {
    StringBuilder id = new StringBuilder(LENGTH + 1).append(prefix);
    long bits = random.nextLong();
    long more = random.nextLong();
    for (int i = 0; i < LENGTH; i++) {
      if (i == 12) {
        bits = more;
      }
      id.append(ALPHABET.charAt((int) (bits & 31)));
      bits >>>= 5;
    }
    return Id.of(id.toString());
  }

  /** Whether an id of the mail server's may be the public id. */
  static boolean isUsable(String serverId) {
    return serverId.length() <= LONGEST_FROM_SERVER && Id.isValid(serverId);
  }
}
