package org.jmapproxy.backend.imap.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.wire.ModifiedUtf7;

/** Fills a user's mailbox, past the server where its storage allows that. */
final class Seeding {
  private final DovecotServer server;
  private final DovecotServer.Format format;
  private final Path directory;

  Seeding(DovecotServer server, DovecotServer.Format format, Path directory) {
    this.server = server;
    this.format = format;
    this.directory = directory;
  }

  void seed(String user, String mailbox, int messages) {
    try (ImapConnection connection = server.connect(user)) {
      select(connection, mailbox);
      if (format == DovecotServer.Format.MAILDIR) {
        writeFiles(user, mailbox, messages);
      } else {
        append(connection, mailbox, messages);
      }
      connection.logout();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Appends them over IMAP, to any server. */
  static void append(RealServer server, String user, String mailbox, int messages) {
    try (ImapConnection connection = selected(server, user, mailbox)) {
      append(connection, mailbox, messages);
      connection.logout();
    }
  }

  /**
   * Cyrus may still be making the folders that every user has, in the process of another
   * connection, and then ends this one: two of its processes cannot begin a user's subscriptions at
   * once.
   */
  private static ImapConnection selected(RealServer server, String user, String mailbox) {
    try {
      return trySelected(server, user, mailbox);
    } catch (ImapByeException e) {
      return trySelected(server, user, mailbox);
    }
  }

  private static ImapConnection trySelected(RealServer server, String user, String mailbox) {
    ImapConnection connection = server.connect(user);
    try {
      select(connection, mailbox);
      return connection;
    } catch (RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private static void select(ImapConnection connection, String mailbox) {
    boolean exists = connection.mailboxes().list().stream().anyMatch(m -> m.name().equals(mailbox));
    if (!exists) {
      create(connection, mailbox);
    }
    connection.select(mailbox);
  }

  /** Cyrus may still be making the folders that every user has. */
  private static void create(ImapConnection connection, String mailbox) {
    try {
      connection.mailboxes().create(mailbox);
    } catch (ImapRefusedException e) {
      if (!String.valueOf(e.getMessage()).contains("exists")) {
        throw e;
      }
    }
  }

  private static void append(ImapConnection connection, String mailbox, int messages) {
    for (int number = 1; number <= messages; number++) {
      byte[] message = SampleMessages.message(mailbox, number);
      connection
          .messages()
          .append(
              mailbox,
              Set.of(),
              Optional.of(SampleMessages.receivedAt(number)),
              message.length,
              new ByteArrayInputStream(message));
    }
  }

  void loseUids(String user, String mailbox) {
    try (var files = Files.list(folder(user, mailbox))) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith("dovecot")) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes empty folders, many at once; an IMAP server takes long to create thousands. */
  void makeFolders(String user, List<String> mailboxes) {
    try {
      for (String mailbox : mailboxes) {
        Path folder = folder(user, mailbox);
        own(Files.createDirectory(folder));
        for (String part : List.of("cur", "new", "tmp")) {
          own(Files.createDirectory(folder.resolve(part)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void own(Path path) throws IOException {
    if (ServerProcess.root()) {
      ServerProcess.own(path, "mail", "mail");
    }
  }

  private Path folder(String user, String mailbox) {
    Path maildir =
        directory
            .resolve("mail")
            .resolve(user.replaceAll("@.*", "").toLowerCase(Locale.ROOT))
            .resolve("Maildir");
    return mailbox.equals("INBOX")
        ? maildir
        : maildir.resolve("." + ModifiedUtf7.encode(mailbox).replace('/', '.'));
  }

  private void writeFiles(String user, String mailbox, int messages) throws IOException {
    Path cur = folder(user, mailbox).resolve("cur");
    int present;
    try (var files = Files.list(cur)) {
      present = (int) files.count();
    }
    for (int number = 1; number <= messages; number++) {
      byte[] message = SampleMessages.message(mailbox, number);
      long second = SampleMessages.receivedAt(number).getEpochSecond();
      String name = "%d.M%06dP1.seed%d,S=%d:2,".formatted(second, number, present, message.length);
      Path file = Files.write(cur.resolve(name), message);
      Files.setLastModifiedTime(file, FileTime.from(SampleMessages.receivedAt(number)));
      own(file);
    }
  }
}
