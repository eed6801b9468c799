package org.jmapproxy.backend.imap.internal.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jmapproxy.core.id.Id;

/**
 * A Sieve script as it was last seen at its server.
 *
 * @param id drawn once
 * @param name unique in the account
 * @param text as its server has it
 * @param runs whether the server runs it for each message
 * @param isActive whether clients see it as the active one: another script that runs may include it
 */
public record KeptScript(Id id, String name, String text, boolean runs, boolean isActive) {
  private static final int BLOB_ID_OCTETS = 20;

  /** The id of its text, which another text never has. */
  public Id blobId() {
    return blobId(text);
  }

  /** The id of a text. */
  public static Id blobId(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Id.of("s-" + HexFormat.of().formatHex(Arrays.copyOf(digest, BLOB_ID_OCTETS)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
