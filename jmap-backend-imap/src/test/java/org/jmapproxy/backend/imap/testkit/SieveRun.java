package org.jmapproxy.backend.imap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs scripts on messages with Dovecot's {@code sieve-test}; nothing is delivered. */
public final class SieveRun {

  private static final Path PROGRAM = Path.of("/usr/bin/sieve-test");
  private static final String CONFIGURATION =
      """
      mail_location = maildir:%1$s/mail
      mail_uid = 65534
      mail_gid = 65534
      first_valid_uid = 1
      base_dir = %1$s/run
      log_path = /dev/stderr
      ssl = no
      """;

  private final Path directory;

  /**
   * A place to run in; skips or fails the test where the program is missing.
   *
   * @param directory for its files
   */
  public SieveRun(Path directory) {
    this.directory = directory;
    if (!Files.isExecutable(PROGRAM)) {
      RequiredServers.missing("sieve-test is not installed");
    }
  }

  /** What a script would do with a message from somebody. */
  public String deliver(String script, String recipient, String sender) {
    try {
      Path configuration = write("run.conf", CONFIGURATION.formatted(directory));
      Path message =
          write(
              "message.eml",
              "From: "
                  + sender
                  + "\r\nTo: "
                  + recipient
                  + "\r\nSubject: Hello\r\nMessage-ID: <1@example.net>\r\n\r\nHow are you?\r\n");
      directory.toFile().setExecutable(true, false);
      directory.toFile().setReadable(true, false);
      Process process =
          new ProcessBuilder(
                  PROGRAM.toString(),
                  "-c",
                  configuration.toString(),
                  "-f",
                  sender,
                  "-r",
                  recipient,
                  write("script.sieve", script).toString(),
                  message.toString())
              .redirectErrorStream(true)
              .start();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .replace("\r\n", "\n");
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IllegalStateException(output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
