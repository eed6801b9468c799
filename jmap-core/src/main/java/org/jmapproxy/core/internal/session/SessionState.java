package org.jmapproxy.core.internal.session;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jmapproxy.core.internal.json.JsonWriter;
import tools.jackson.databind.JsonNode;

/** The state of a session: a digest of what it shows. */
final class SessionState {

  private static final int OCTETS = 12;

  private SessionState() {}

  static String of(JsonNode session) {
    byte[] digest = sha256(JsonWriter.write(session));
    byte[] shortened = java.util.Arrays.copyOf(digest, OCTETS);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(shortened);
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
