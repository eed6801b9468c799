package org.jmapproxy.backend.imap.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.store.schema.Migrations;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.blob.UploadedBlob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The file of an account: who may read it, what survives, what is refused. */
class StoreFileTest {

  private Path directory;
  private Path file;
  private StoreFixture store;

  @BeforeEach
  void open(@TempDir Path temporary) {
    directory = temporary.resolve("data");
    file = directory.resolve("someone.sqlite3");
    store = new StoreFixture(directory);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void nobodyElseMayReadIt() throws IOException {
    store.folder("INBOX");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
        .isEqualTo("rwx------");
    try (Stream<Path> files = Files.list(directory)) {
      for (Path part : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(part)))
            .as("%s", part)
            .isEqualTo("rw-------");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"accounts", "Accounts"})
  void anAccountIsNeverTakenForTheDirectoryOfAllAccounts(String accountId) throws IOException {
    Path accounts = directory.resolve(accountId + ".sqlite3");
    Files.writeString(accounts, "all accounts");
    store.stores().open(Id.of(accountId)).close();
    store.stores().delete(Id.of(accountId));
    assertThat(accounts).hasContent("all accounts");
  }

  @Test
  void theLongestAccountIdsHaveFilesOfTheirOwn() {
    Id one = Id.of("a".repeat(254) + "1");
    Id other = Id.of("a".repeat(254) + "2");
    store.stores().open(one).close();
    assertThat(store.stores().exists(one)).isTrue();
    assertThat(store.stores().exists(other)).isFalse();
    store.stores().delete(one);
    assertThat(store.stores().exists(one)).isFalse();
  }

  @Test
  void everythingIsThereAfterReopening() {
    FolderKey inbox = store.folder("INBOX");
    store.arrive(inbox, TestMessage.named("a").flags("\\Seen", "x").uid(1));
    State state = store.store().state("Email");
    var before = store.email(inbox, 1);

    store.reopen();

    assertThat(store.email(inbox, 1)).isEqualTo(before);
    assertThat(store.store().state("Email")).isEqualTo(state);
  }

  @Test
  void idleConnectionsAreGivenBackAndTakenAgain() {
    FolderKey inbox = store.folder("INBOX");
    store.store().trim();
    store.arrive(inbox, TestMessage.named("a").uid(1));
    store.store().trim();
    assertThat(store.email(inbox, 1).keywords()).isEmpty();
  }

  @Test
  void aClosedStoreSaysSo() {
    store.store().close();
    store.store().close();
    assertThatThrownBy(() -> store.reader().folders()).isInstanceOf(BackendException.class);
  }

  @Test
  void aCallThatFailsInTheMiddleChangesNothing() {
    FolderKey inbox = store.folder("INBOX");
    State state = store.store().state("Email");

    assertThatThrownBy(
            () ->
                store
                    .writer()
                    .apply(
                        List.of(
                            FolderDelta.of(inbox)
                                .withArrivals(List.of(TestMessage.named("a").uid(1))),
                            FolderDelta.of(new FolderKey(99))
                                .withArrivals(List.of(TestMessage.named("b").uid(1))))))
        .isInstanceOf(BackendException.class);

    assertThat(store.reader().uids(inbox).isEmpty()).isTrue();
    assertThat(store.store().state("Email")).isEqualTo(state);
    Invariants.check(store);
    assertThat(store.arrive(inbox, TestMessage.named("a").uid(1)).change()).isPresent();
  }

  @Test
  void aProcessThatDiesLeavesWhatItCommitted() throws IOException {
    FolderKey inbox = store.folder("INBOX");
    store.arrive(inbox, TestMessage.named("a").uid(1), TestMessage.named("b").uid(2));
    store.depart(inbox, 2);
    State state = store.store().state("Email");
    Path other = directory.resolveSibling("other");
    Files.createDirectory(other);
    for (String suffix : List.of("", "-wal")) {
      Files.copy(
          file.resolveSibling(file.getFileName() + suffix),
          other.resolve(file.getFileName() + suffix));
    }

    try (StoreFixture survivor = new StoreFixture(other)) {
      assertThat(survivor.store().state("Email")).isEqualTo(state);
      assertThat(survivor.reader().uids(inbox).toString()).isEqualTo("1");
      Invariants.check(survivor);
    }
  }

  @Test
  void aNewerFileIsRefusedAndLeftAlone() throws Exception {
    store.store().close();
    run("PRAGMA user_version=99");
    assertThatThrownBy(() -> store.stores().open(StoreFixture.ACCOUNT))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("someone.sqlite3")
        .hasMessageContaining("99");
    run("PRAGMA user_version=" + Migrations.current().newest());
    store.reopen();
  }

  @Test
  void afterAPowerFailureOldStatesAreForeign() throws Exception {
    FolderKey inbox = store.folder("INBOX");
    store.arrive(inbox, TestMessage.named("a").uid(1));
    State state = store.store().state("Email");
    store.store().close();
    run("UPDATE replica_state SET open_since_boot = 'another'");

    store.reopen();

    assertThat(store.store().state("Email")).isNotEqualTo(state);
    assertThat(store.changesRole("Email").changes(StoreFixture.CONTEXT, state, 10)).isEmpty();
    assertThat(store.email(inbox, 1)).isNotNull();
  }

  @Test
  void statesThatAreNoneOfOursAreRefused() {
    store.folder("INBOX");
    String state = store.store().state("Mailbox").value();
    for (String foreign :
        List.of("x", state + "0", state + "x", "-1", state.substring(0, state.indexOf('-')))) {
      assertThat(store.changesRole("Mailbox").changes(StoreFixture.CONTEXT, State.of(foreign), 10))
          .as(foreign)
          .isEmpty();
    }
  }

  @Test
  void tombstonesAreForgottenInTimeAndStatesBeforeThemRefused() {
    FolderKey inbox = store.folder("INBOX");
    store.arrive(inbox, TestMessage.named("a").uid(1));
    State old = store.store().state("Email");
    store.depart(inbox, 1);
    State recent = store.store().state("Email");

    store.pass(Duration.ofDays(29));
    store.writer().tidy();
    assertThat(store.changes("Email", old).destroyed()).hasSize(1);

    store.pass(Duration.ofDays(2));
    store.writer().tidy();
    assertThat(store.changesRole("Email").changes(StoreFixture.CONTEXT, old, 10)).isEmpty();
    assertThat(store.changes("Email", recent).size()).isZero();
  }

  @Test
  void aDamagedFileIsSetAsideAndOwnDataSaved() throws Exception {
    store.folder("INBOX");
    Id mailbox = store.mailboxId("INBOX");
    store.writer().setSortOrder(mailbox, 5);
    store.store().notes().put("abilities", "all");
    UploadedBlob upload = store.store().uploads().upload("text/plain", octets("hello"));
    store.store().close();
    Files.writeString(directory.resolve("someone.sqlite3.damaged"), "");

    store.reopen();

    assertThat(store.reader().folders()).isEmpty();
    assertThat(store.store().notes().find("abilities")).contains("all");
    assertThat(store.store().uploads().find(upload.blobId())).isPresent();
    store.folder("INBOX");
    assertThat(store.mailboxId("INBOX")).isEqualTo(mailbox);
    assertThat(store.mailbox("INBOX").sortOrder()).isEqualTo(5);
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::toString)).anyMatch(name -> name.contains(".damaged-"));
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsSetAside() throws Exception {
    store.store().close();
    Files.write(file, new byte[4096], StandardOpenOption.TRUNCATE_EXISTING);
    Files.writeString(file, "garbage".repeat(1000));

    store.reopen();

    assertThat(store.reader().folders()).isEmpty();
  }

  @Test
  void deletingAnAccountLeavesNothing() throws IOException {
    store.store().uploads().upload("text/plain", octets("hello"));
    store.store().close();
    store.stores().delete(StoreFixture.ACCOUNT);
    store.stores().delete(StoreFixture.ACCOUNT);

    assertThat(store.stores().exists(StoreFixture.ACCOUNT)).isFalse();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void uploadsCanBeReadInPartsAndExpire() throws IOException {
    UploadedBlob upload = store.store().uploads().upload("text/plain", octets("hello world"));
    assertThat(upload.blobId().value()).startsWith("f-");
    assertThat(upload.size()).isEqualTo(11);

    Blob blob = store.store().uploads().find(upload.blobId()).orElseThrow();
    assertThat(blob.type()).isEqualTo("text/plain");
    assertThat(new String(blob.open().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("hello world");
    assertThat(new String(blob.open(6, 3).readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("wor");
    assertThat(blob.open(6, 100).readAllBytes()).hasSize(5);

    store.pass(Duration.ofHours(25));
    store.writer().tidy();
    assertThat(store.store().uploads().find(upload.blobId())).isPresent();
    store.pass(Duration.ofHours(24));
    store.writer().tidy();
    assertThat(store.store().uploads().find(upload.blobId())).isEmpty();
    assertThat(store.store().uploads().find(Id.of("f-unknown"))).isEmpty();
  }

  @Test
  void notesAreKeptAndRemoved() {
    store.store().notes().put("a", "1");
    store.store().notes().put("a", "2");
    store.reopen();
    assertThat(store.store().notes().find("a")).contains("2");
    store.store().notes().remove("a");
    assertThat(store.store().notes().find("a")).isEqualTo(Optional.empty());
  }

  private void run(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static ByteArrayInputStream octets(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
