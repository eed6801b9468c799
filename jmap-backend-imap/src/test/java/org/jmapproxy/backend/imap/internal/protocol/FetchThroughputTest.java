package org.jmapproxy.backend.imap.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What reading a FETCH costs beside receiving its bytes. */
@Tag("full")
class FetchThroughputTest {
  @RegisterExtension static final DovecotServer dovecot = DovecotServer.standard();

  private static final int MESSAGES = 20_000;
  private static final String ITEMS =
      "(UID BODY.PEEK[HEADER] BODYSTRUCTURE FLAGS INTERNALDATE RFC822.SIZE)";
  private static final FetchRequest REQUEST =
      FetchRequest.builder().flags().internalDate().size().bodyStructure().header().build();

  @Test
  void parsingCostsLittleMoreThanTheBytesAlone() throws IOException {
    dovecot.seed("load", "INBOX", MESSAGES);
    double bytesAlone = Double.MAX_VALUE;
    double parsed = Double.MAX_VALUE;
    for (int round = 0; round < 6; round++) {
      bytesAlone = Math.min(bytesAlone, seconds(FetchThroughputTest::readBytes));
      parsed = Math.min(parsed, seconds(FetchThroughputTest::fetch));
    }
    System.out.printf(
        "%d messages: bytes alone %.3f s, parsed %.3f s, ratio %.2f%n",
        MESSAGES, bytesAlone, parsed, parsed / bytesAlone);
    assertThat(parsed / bytesAlone).isLessThan(1.5);
  }

  private static void fetch() {
    try (ImapConnection connection = dovecot.connect("load")) {
      connection.select("INBOX");
      AtomicLong parts = new AtomicLong();
      UidSet received =
          connection
              .messages()
              .fetch(
                  UidSet.from(1),
                  REQUEST,
                  message -> {
                    if (message.header().isPresent()) {
                      parts.addAndGet(message.bodyStructure().orElseThrow().parts().size() + 1L);
                    }
                  });
      assertThat(received.size()).isEqualTo(MESSAGES);
      assertThat(parts.get()).isGreaterThan(MESSAGES);
    }
  }

  private static void readBytes() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), dovecot.imapPort())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(30_000);
      byte[] login = ("\0load\0" + DovecotServer.PASSWORD).getBytes(StandardCharsets.UTF_8);
      OutputStream out = socket.getOutputStream();
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[1 << 16];
      send(out, "a AUTHENTICATE PLAIN " + Base64.getEncoder().encodeToString(login));
      readUntil(in, buffer, "a OK");
      send(out, "b SELECT INBOX (CONDSTORE)");
      readUntil(in, buffer, "b OK");
      send(out, "c UID FETCH 1:* " + ITEMS);
      readUntil(in, buffer, "\r\nc OK");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void send(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Looks for the mark near the end of what was read only, so that looking costs nothing. */
  private static void readUntil(InputStream in, byte[] buffer, String mark) throws IOException {
    String before = "";
    while (true) {
      int read = in.read(buffer);
      assertThat(read).isPositive();
      int from = Math.max(0, read - 2000);
      String end = new String(buffer, from, read - from, StandardCharsets.ISO_8859_1);
      if ((before + end).contains(mark)) {
        return;
      }
      before = end;
    }
  }

  private static double seconds(Runnable task) {
    long from = System.nanoTime();
    task.run();
    return (System.nanoTime() - from) / 1e9;
  }
}
