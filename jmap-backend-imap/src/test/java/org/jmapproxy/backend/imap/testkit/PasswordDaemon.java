package org.jmapproxy.backend.imap.testkit;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Answers Cyrus SASL in the place of saslauthd: every user exists and has the same password. A
 * question is user, password, service and realm, each with its length in two bytes before it.
 */
final class PasswordDaemon implements AutoCloseable {
  private final ServerSocketChannel listener;

  private PasswordDaemon(ServerSocketChannel listener) {
    this.listener = listener;
  }

  /** Listens at that path, until it is closed. */
  static PasswordDaemon at(Path socket) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
    PasswordDaemon daemon = new PasswordDaemon(listener);
    Thread thread = new Thread(daemon::answerAll, "password-daemon");
    thread.setDaemon(true);
    thread.start();
    return daemon;
  }

  private void answerAll() {
    while (listener.isOpen()) {
      try (SocketChannel client = listener.accept()) {
        answer(client);
      } catch (IOException e) {
        Thread.onSpinWait();
      }
    }
  }

  private static void answer(SocketChannel client) throws IOException {
    DataInputStream in = new DataInputStream(Channels.newInputStream(client));
    DataOutputStream out = new DataOutputStream(Channels.newOutputStream(client));
    byte[] user = next(in);
    String password = new String(next(in), StandardCharsets.UTF_8);
    next(in);
    next(in);
    boolean right = user.length > 0 && password.equals(RealServer.PASSWORD);
    out.writeUTF(right ? "OK" : "NO");
    out.flush();
  }

  private static byte[] next(DataInputStream in) throws IOException {
    return in.readNBytes(in.readUnsignedShort());
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
