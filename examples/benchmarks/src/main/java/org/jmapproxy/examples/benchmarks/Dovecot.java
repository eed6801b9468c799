package org.jmapproxy.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/**
 * A throw-away Dovecot. Every user exists and has the same password; their mailboxes are Maildirs
 * that were written before.
 */
final class Dovecot implements AutoCloseable {

  static final String PASSWORD = "secret";

  private final Process process;
  private final int port;

  private Dovecot(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts Dovecot below a directory; a user's Maildir is {@code mail/<local part>/Maildir}. Needs
   * root.
   */
  static Dovecot start(Path directory) throws IOException, InterruptedException {
    int port = freePort();
    Path configuration = directory.resolve("dovecot.conf");
    Files.writeString(configuration, configuration(directory, port));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createDirectories(directory.resolve("run"));
    run("chown", "-R", "mail:mail", directory.resolve("mail").toString());
    Process process =
        new ProcessBuilder("dovecot", "-F", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("dovecot.log").toFile())
            .start();
    Dovecot dovecot = new Dovecot(process, port);
    dovecot.awaitPort();
    return dovecot;
  }

  /** A user's address, which is the login too. */
  static String address(String user) {
    return user + "@example.test";
  }

  int port() {
    return port;
  }

  private void awaitPort() throws InterruptedException {
    long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < giveUp) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
        return;
      } catch (IOException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    close();
    throw new IllegalStateException("Dovecot does not listen; see dovecot.log in its directory");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void run(String... command) throws IOException, InterruptedException {
    int status = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(String.join(" ", command) + " failed with " + status);
    }
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String configuration(Path directory, int port) {
    return """
        base_dir = %1$s/run
        state_dir = %1$s/run
        log_path = %1$s/dovecot-error.log
        listen = 127.0.0.1
        protocols = imap
        ssl = no
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        mail_uid = mail
        mail_gid = mail
        first_valid_uid = 1
        first_valid_gid = 1
        mail_location = maildir:%1$s/mail/%%n/Maildir
        mail_fsync = never
        mail_max_userip_connections = 100
        passdb {
          driver = static
          args = password=%3$s
        }
        userdb {
          driver = static
          args = uid=mail gid=mail home=%1$s/mail/%%n
        }
        namespace inbox {
          inbox = yes
          separator = /
          mailbox Sent {
            special_use = \\Sent
            auto = subscribe
          }
          mailbox Trash {
            special_use = \\Trash
            auto = subscribe
          }
        }
        default_process_limit = 2000
        service imap-login {
          client_limit = 4000
          service_count = 0
          inet_listener imap {
            port = %2$d
          }
          inet_listener imaps {
            port = 0
          }
        }
        """
        .formatted(directory, port, PASSWORD);
  }
}
