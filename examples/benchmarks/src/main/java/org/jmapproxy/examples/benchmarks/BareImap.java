package org.jmapproxy.examples.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An IMAP connection that reads bytes and throws them away: the yardstick. */
final class BareImap implements AutoCloseable {

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int tag;

  BareImap(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
    readLine();
    command("LOGIN " + Dovecot.address("bench") + " " + Dovecot.PASSWORD);
  }

  /** Sends a command and reads to its tagged response; gives back the octets read. */
  long command(String command) throws IOException {
    String id = "b" + ++tag;
    out.write((id + " " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return drain(id);
  }

  /** Like {@link #command}, and gives back the untagged lines. */
  String lines(String command) throws IOException {
    String id = "b" + ++tag;
    out.write((id + " " + command + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    StringBuilder text = new StringBuilder();
    for (String line = readLine(); !line.startsWith(id + " "); line = readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  /** Appends a message to INBOX. */
  void append(byte[] message) throws IOException {
    String id = "b" + ++tag;
    out.write(
        (id + " APPEND INBOX {" + message.length + "}\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
    readLine();
    out.write(message);
    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    drain(id);
  }

  private long drain(String id) throws IOException {
    long octets = 0;
    while (true) {
      String line = readLine();
      octets += line.length() + 2L;
      if (line.startsWith(id + " ")) {
        if (!line.startsWith(id + " OK")) {
          throw new IOException(line);
        }
        return octets;
      }
      while (line.endsWith("}")) {
        int size = Integer.parseInt(line.substring(line.lastIndexOf('{') + 1, line.length() - 1));
        in.skipNBytes(size);
        line = readLine();
        octets += size + line.length() + 2L;
      }
    }
  }

  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the IMAP server hung up");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
