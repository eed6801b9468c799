package org.jmapproxy.examples.benchmarks;

import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.jmapproxy.mail.mime.parse.MessageParser;

/**
 * Megabytes of messages per second: our parser, which tells the tree, offsets and decoded sizes,
 * beside Apache James' mime4j and Angus Mail doing as much as they can of the same.
 */
public final class ParseSpeed {

  private static final int MESSAGES = 2000;
  private static final int ROUNDS = 7;

  private ParseSpeed() {}

  /** Reads one message. */
  @FunctionalInterface
  private interface Reader {
    void read(byte[] message) throws Exception;
  }

  /** Runs the program; it takes no arguments. */
  @SuppressWarnings("SystemOut")
  public static void main(String[] arguments) throws Exception {
    Messages source = new Messages();
    List<byte[]> messages = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      messages.add(source.message(i, Instant.now()));
    }
    double ours = megabytesPerSecond(messages, ParseSpeed::ours);
    double mime4j = megabytesPerSecond(messages, ParseSpeed::mime4j);
    double angus = megabytesPerSecond(messages, ParseSpeed::angus);
    System.out.printf(Locale.ROOT, "ours    %.0f MB/s%n", ours);
    System.out.printf(
        Locale.ROOT, "mime4j  %.0f MB/s, bodies decoded; ours %.2f x%n", mime4j, ours / mime4j);
    System.out.printf(
        Locale.ROOT, "Angus   %.0f MB/s, bodies decoded; ours %.2f x%n", angus, ours / angus);
  }

  private static double megabytesPerSecond(List<byte[]> messages, Reader reader) throws Exception {
    long octets = messages.stream().mapToLong(message -> message.length).sum();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long start = System.nanoTime();
      for (byte[] message : messages) {
        reader.read(message);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return octets / 1e6 / (best / 1e9);
  }

  private static void ours(byte[] message) {
    if (MessageParser.standard().parse(new ByteArrayInputStream(message)).size() == 0) {
      throw new IllegalStateException("nothing was read");
    }
  }

  private static void mime4j(byte[] message) throws Exception {
    MimeTokenStream tokens = new MimeTokenStream();
    tokens.parse(new ByteArrayInputStream(message));
    for (EntityState state = tokens.getState();
        state != EntityState.T_END_OF_STREAM;
        state = tokens.next()) {
      if (state == EntityState.T_BODY) {
        drain(tokens.getDecodedInputStream());
      }
    }
  }

  private static void angus(byte[] message) throws Exception {
    decode(
        new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(message)));
  }

  private static void decode(Part part) throws IOException, MessagingException {
    if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart multipart) {
      for (int i = 0; i < multipart.getCount(); i++) {
        BodyPart child = multipart.getBodyPart(i);
        decode(child);
      }
    } else {
      drain(part.getInputStream());
    }
  }

  private static void drain(InputStream stream) throws IOException {
    try (stream) {
      stream.transferTo(OutputStream.nullOutputStream());
    }
  }
}
