package org.jmapproxy.backend.imap.internal.store.sqlite;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jmapproxy.core.id.Id;

/**
 * What the files of an account are named after: its id. Only an id that is too long for a file
 * name, or that would name the directory of all accounts, is named by a digest; a tilde, which no
 * id contains, keeps the two apart.
 */
final class FileName {

  /** Leaves room for what is appended: file systems allow 255 octets. */
  private static final int LONGEST = 180;

  private static final int SHOWN = 64;
  private static final String DIRECTORY_OF_ACCOUNTS = "accounts";

  private FileName() {}

  static String of(Id accountId) {
    String id = accountId.value();
    if (id.length() <= LONGEST && !id.equalsIgnoreCase(DIRECTORY_OF_ACCOUNTS)) {
      return id;
    }
    return id.substring(0, Math.min(id.length(), SHOWN)) + "~" + digest(id);
  }

  private static String digest(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
