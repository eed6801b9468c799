package org.jmapproxy.examples.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A submission server that takes every message and forgets it. */
final class SmtpSink implements AutoCloseable {

  private final ServerSocket server;

  SmtpSink() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept).start();
  }

  int port() {
    return server.getLocalPort();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "smtp-sink");
    thread.setDaemon(true);
    return thread;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        daemon(() -> serve(socket)).start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private static void serve(Socket socket) {
    try (socket;
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
      OutputStream out = socket.getOutputStream();
      answer(out, "220 sink");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        switch (line.split(" ", 2)[0].toUpperCase(Locale.ROOT)) {
          case "EHLO" -> answer(out, "250-sink\r\n250-8BITMIME\r\n250 AUTH PLAIN");
          case "AUTH" -> answer(out, "235 welcome");
          case "DATA" -> take(in, out);
          case "QUIT" -> {
            answer(out, "221 bye");
            return;
          }
          default -> answer(out, "250 ok");
        }
      }
    } catch (IOException e) {
      // The client is gone; the next one has a connection of its own.
    }
  }

  private static void take(BufferedReader in, OutputStream out) throws IOException {
    answer(out, "354 go on");
    String line = in.readLine();
    while (line != null && !line.equals(".")) {
      line = in.readLine();
    }
    answer(out, "250 taken");
  }

  private static void answer(OutputStream out, String lines) throws IOException {
    out.write((lines + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
