package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.ServerTruth;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.BlobRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full: that is said, what lives only here stays, and room brings everything back. */
class FullDiskTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NO_ROOM = "no room left on the disk";

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  @TempDir Path directory;

  private Path disk = Path.of(".");

  @BeforeEach
  void mountSmallDisk() throws IOException, InterruptedException {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()),
        "small disks cannot be mounted here");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    run("umount", disk.toString());
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void aFullDiskIsSaidToBeFullAndNothingIsLost() throws IOException {
    DOVECOT.seed("ann", "INBOX", 200);
    try (ImapProxy proxy = ImapProxy.in(disk, builder -> builder);
        ImapConnection server = DOVECOT.connect("ann");
        OpenAccount account = proxy.open(DOVECOT, "ann")) {
      account.sync(PATIENCE);
      AccountView view = new AccountView(account, "ann");
      BlobRole blobs = account.roles().find(BlobRole.ROLE).orElseThrow();
      Id upload = blobs.upload(view.context(), "text/plain", stream(1000)).blobId();
      view.create(new MailboxCreation("Own", Optional.empty(), Optional.empty(), 42, true));

      Path ballast = fill();
      DOVECOT.seed("ann", "INBOX", 1500);
      assertThatThrownBy(() -> account.sync(PATIENCE))
          .isInstanceOfSatisfying(
              BackendException.class,
              e -> assertThat(e.reason()).isEqualTo(BackendException.Reason.UNAVAILABLE))
          .hasMessageContaining(NO_ROOM);
      assertThat(account.status().error().orElse("")).contains(NO_ROOM);
      assertThat(view.emailIds("INBOX")).hasSizeGreaterThanOrEqualTo(200);
      assertThatThrownBy(() -> blobs.upload(view.context(), "text/plain", stream(5 << 20)))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining(NO_ROOM);
      List<Id> ids = view.emailIds("INBOX").subList(0, 150);
      boolean marked = mark(view, ids);
      boolean created = create(view);

      Files.delete(ballast);
      account.sync(PATIENCE);
      assertThat(account.status().error()).isEmpty();
      ServerTruth.assertShown(view, server);
      if (marked) {
        assertThat(view.emails(ids)).allMatch(email -> email.keywords().contains("full"));
      }
      if (created) {
        assertThat(view.emailIds("Drafts")).hasSize(1);
      }
      assertThat(blobs.find(view.context(), upload)).isPresent();
      assertThat(view.mailbox("Own").orElseThrow().sortOrder()).isEqualTo(42);
      assertThat(create(view)).isTrue();
    }
  }

  private static boolean mark(AccountView view, List<Id> ids) {
    try {
      return view.keywords(ids, SetChange.patch(Set.of("full"), Set.of())).values().stream()
          .allMatch(UpdateOutcome.Updated.class::isInstance);
    } catch (MethodException e) {
      assertThat(e.error().type()).isIn("serverPartialFail", "serverUnavailable");
      return false;
    }
  }

  private static boolean create(AccountView view) {
    byte[] octets = "Message-ID: <full@x>\r\n\r\nHi\r\n".getBytes(StandardCharsets.US_ASCII);
    var outcome =
        view.create(
            new NewEmail(
                new MemoryBlob("message/rfc822", octets),
                Set.of(view.mailboxId("Drafts")),
                Set.of(),
                Optional.empty()));
    return outcome instanceof CreateOutcome.Created;
  }

  private Path fill() throws IOException {
    Path ballast = disk.resolve("ballast");
    byte[] block = new byte[4096];
    Arrays.fill(block, (byte) 'x');
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException e) {
      return ballast;
    }
  }

  private static ByteArrayInputStream stream(int octets) {
    return new ByteArrayInputStream(new byte[octets]);
  }
}
