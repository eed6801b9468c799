package org.jmapproxy.mail.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Messages with faults as they occur in the wild, one fault in each file. */
public final class OddMessages {
  private OddMessages() {}

  /** The names of all messages. */
  public static List<String> names() {
    return new String(read("index.txt"), StandardCharsets.US_ASCII).lines().toList();
  }

  /** The octets of a message. */
  public static byte[] message(String name) {
    return read(name + ".eml");
  }

  private static byte[] read(String file) {
    try (InputStream in = OddMessages.class.getResourceAsStream("odd/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("No such message: " + file);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
