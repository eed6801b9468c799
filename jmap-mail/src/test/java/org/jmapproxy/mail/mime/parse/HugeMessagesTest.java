package org.jmapproxy.mail.mime.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Size costs time in proportion, and no memory. The bounds are far above what is needed. */
class HugeMessagesTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  /** What a parse may allocate one after the other; an attachment costs only buffers. */
  private static final long MOST_ALLOCATED = 256L << 20;

  @Test
  void tenMegabytesOfHeaders() {
    assertThat(parse(times("X-Spam: no\r\n", 900_000), text("\r\nhi")).root().part().size())
        .isEqualTo(2);
    assertThat(parse(text("Subject: "), times("x", 10 << 20), text("\r\n\r\nhi")).root().body())
        .isEqualTo(new OctetRange((10 << 20) + 13, (10 << 20) + 15));
    parse(text("Content-Type: text/plain; "), times("a=b; ", 2 << 20), text("\r\n\r\nhi"));
    parse(text("Content-Type: text/plain; a=\""), times("\\\\(", 2 << 20), text("\r\n\r\nhi"));
  }

  @Test
  void anAttachmentOfFiftyMegabytes() {
    MessageLayout layout =
        parse(
            text("Content-Type: application/zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
            times("QUJD".repeat(19) + "\r\n", 670_000));
    assertThat(layout.root().decodedSize()).isEqualTo(670_000L * 19 * 3);
  }

  @Test
  void linesWithoutEndAndLinesWithoutContent() {
    parse(text("\r\n"), times("z", 50 << 20));
    parse(text("\r\n"), times("\r", 20 << 20));
    parse(text("\r\n"), times("\n", 20 << 20));
    parse(text("Content-Transfer-Encoding: quoted-printable\r\n\r\n"), times("= ", 10 << 20));
  }

  @Test
  void aThousandPartsInEachOther() {
    StringBuilder nested = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      nested.append("Content-Type: multipart/mixed; boundary=b").append(i).append("x\r\n\r\n");
      nested.append("--b").append(i).append("x\r\n");
    }
    MessageLayout layout = parse(text(nested.toString()), times("--b\r\n", 4 << 20));
    assertThat(layout.all()).hasSize(100);
    assertThat(parse(times("Content-Type: message/rfc822\r\n\r\n", 1_000)).all()).hasSize(100);
  }

  @Test
  void moreBoundariesThanPartsAreTold() {
    MessageLayout layout =
        parse(
            text("Content-Type: multipart/mixed; boundary=b\r\n\r\n"),
            times("--b\r\nContent-Type: text/plain; name=" + "x".repeat(900) + "\r\n", 12_000));
    assertThat(layout.all()).hasSize(10_000);
  }

  private static MessageLayout parse(InputStream... pieces) {
    InputStream message = new SequenceInputStream(Collections.enumeration(List.of(pieces)));
    return Assertions.assertTimeout(LONG, () -> parseSparingly(message));
  }

  private static MessageLayout parseSparingly(InputStream message) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    MessageLayout layout = MessageParser.standard().parse(message);
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_ALLOCATED);
    return layout;
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The same text again and again, without holding it. */
  private static InputStream times(String text, int count) {
    byte[] unit = text.getBytes(StandardCharsets.US_ASCII);
    long size = (long) unit.length * count;
    return new InputStream() {
      private long given;

      @Override
      public int read() {
        return given == size ? -1 : unit[(int) (given++ % unit.length)];
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (given == size) {
          return -1;
        }
        int at = (int) (given % unit.length);
        int count = (int) Math.min(Math.min(length, unit.length - at), size - given);
        System.arraycopy(unit, at, target, offset, count);
        given += count;
        return count;
      }
    };
  }
}
