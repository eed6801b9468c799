package org.jmapproxy.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The exchange that sends one message: the yardstick. */
final class BareSmtp {

  private BareSmtp() {}

  /** Connects, logs in, sends and leaves. */
  static void send(int port, byte[] message) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port);
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      expect(in, '2');
      say(out, in, "EHLO bench", '2');
      say(out, in, "AUTH PLAIN AGJlbmNoAHNlY3JldA==", '2');
      say(out, in, "MAIL FROM:<bench@example.test>", '2');
      say(out, in, "RCPT TO:<other@example.test>", '2');
      say(out, in, "DATA", '3');
      out.write(message);
      say(out, in, "\r\n.", '2');
      say(out, in, "QUIT", '2');
    }
  }

  private static void say(OutputStream out, BufferedReader in, String line, char expected)
      throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    expect(in, expected);
  }

  private static void expect(BufferedReader in, char expected) throws IOException {
    String line = in.readLine();
    while (line != null && line.length() > 3 && line.charAt(3) == '-') {
      line = in.readLine();
    }
    if (line == null || line.charAt(0) != expected) {
      throw new IOException("SMTP: " + line);
    }
  }
}
