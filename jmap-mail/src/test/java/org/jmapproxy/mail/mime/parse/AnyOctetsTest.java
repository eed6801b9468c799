package org.jmapproxy.mail.mime.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jmapproxy.mail.testkit.OddMessages;
import org.junit.jupiter.api.Test;

/** Whatever the octets, the answer is a valid tree over them. */
class AnyOctetsTest {
  private static final long SEED = 8621;

  @Test
  void everyOddMessageGivesAValidTree() {
    OddMessages.names().forEach(name -> assertValid(OddMessages.message(name)));
  }

  @Test
  void mutatedMessagesGiveAValidTreeHoweverTheyArrive() {
    Random random = new Random(SEED);
    List<byte[]> messages = OddMessages.names().stream().map(OddMessages::message).toList();
    for (int round = 0; round < 5_000; round++) {
      byte[] first = messages.get(random.nextInt(messages.size()));
      byte[] second = messages.get(random.nextInt(messages.size()));
      byte[] message = mutated(spliced(first, second, random), random);
      MessageLayout layout = assertValid(message);
      assertThat(MessageParser.standard().parse(dripping(message, random))).isEqualTo(layout);
    }
  }

  @Test
  void randomOctetsGiveAValidTree() {
    Random random = new Random(SEED);
    for (int round = 0; round < 500; round++) {
      byte[] message = new byte[random.nextInt(3_000)];
      random.nextBytes(message);
      assertValid(message);
    }
  }

  private static MessageLayout assertValid(byte[] message) {
    MessageLayout layout = MessageParser.standard().parse(new ByteArrayInputStream(message));
    assertThat(layout.size()).isEqualTo(message.length);
    assertThat(layout.root().header().start()).isZero();
    assertThat(layout.root().body().end()).isEqualTo(message.length);
    Set<String> ids = new HashSet<>();
    layout.all().forEach(part -> assertValid(part, message, ids));
    return layout;
  }

  private static void assertValid(PartLayout layout, byte[] message, Set<String> ids) {
    assertThat(layout.header().end()).isEqualTo(layout.body().start());
    assertThat(layout.part().partId().isEmpty()).isEqualTo(layout.part().isMultipart());
    layout.part().partId().ifPresent(id -> assertThat(ids.add(id)).isTrue());
    long free = layout.body().start();
    for (PartLayout child : layout.parts()) {
      assertThat(child.header().start()).isGreaterThanOrEqualTo(free);
      free = child.body().end();
    }
    assertThat(layout.body().end()).isGreaterThanOrEqualTo(free);
    if (!layout.part().isMultipart()) {
      byte[] body =
          Arrays.copyOfRange(message, (int) layout.body().start(), (int) layout.body().end());
      assertThat(layout.part().size()).isEqualTo(body.length);
      assertThat(layout.decodedSize()).isEqualTo(layout.part().encoding().decode(body).length);
    }
  }

  private static byte[] spliced(byte[] first, byte[] second, Random random) {
    int cut = random.nextInt(first.length + 1);
    int from = random.nextInt(second.length + 1);
    byte[] spliced = Arrays.copyOf(first, cut + second.length - from);
    System.arraycopy(second, from, spliced, cut, second.length - from);
    return spliced;
  }

  private static byte[] mutated(byte[] message, Random random) {
    byte[] hard = "\r\n-=:;\" \0\u00ff".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    for (int i = random.nextInt(8); i > 0 && message.length > 0; i--) {
      message[random.nextInt(message.length)] = hard[random.nextInt(hard.length)];
    }
    return message;
  }

  /** Gives a few octets at a time. */
  private static InputStream dripping(byte[] message, Random random) {
    return new ByteArrayInputStream(message) {
      @Override
      public synchronized int read(byte[] buffer, int offset, int length) {
        return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(20)));
      }
    };
  }
}
