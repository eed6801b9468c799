package org.jmapproxy.core.internal.push;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;

/** Short digests of states, of a fixed length, that make up event ids. */
final class StateMark {

  private static final int LENGTH = 8;
  private static final int OCTETS = 6;
  private static final int OCTETS_OF_ALL = 15;

  private StateMark() {}

  /** The mark of one state: equal for equal states of the same type and account. */
  static String of(Id accountId, String type, State state) {
    return digest(accountId + " " + type + " " + state, OCTETS);
  }

  /** One longer mark in place of many. */
  static String ofAll(String marks) {
    return digest(marks, OCTETS_OF_ALL);
  }

  /** The marks in an event id; of a text that is none, something that no mark equals. */
  static List<String> split(String eventId) {
    List<String> marks = new ArrayList<>();
    for (int i = 0; i + LENGTH <= eventId.length(); i += LENGTH) {
      marks.add(eventId.substring(i, i + LENGTH));
    }
    return marks;
  }

  private static String digest(String text, int octets) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, octets));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
