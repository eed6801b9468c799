package org.jmapproxy.backend.imap.internal.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderEvidence;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.db.Boot;
import org.jmapproxy.backend.imap.internal.store.db.Connections;
import org.jmapproxy.backend.imap.internal.store.db.Database;
import org.jmapproxy.backend.imap.internal.store.db.Database.Durability;
import org.jmapproxy.backend.imap.internal.store.query.HeaderMatch;
import org.jmapproxy.backend.imap.internal.store.schema.DiskSpace;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.mail.mailbox.MailboxRights;
import org.jmapproxy.mail.mime.BodyPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The file may not grow, as on a full disk but on any machine: SQLite's own limit of pages decides
 * when there is no room.
 */
class FullFileTest {
  private static final Id ACCOUNT = Id.of("someone");
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

  @TempDir private Path directory;
  private SqliteAccountStores stores;
  private Database database;
  private SqliteAccountStore store;

  @BeforeEach
  void open() {
    stores = new SqliteAccountStores(directory, CLOCK, new SplittableRandom(1), Runnable::run);
    stores.open(ACCOUNT).close();
    database =
        new Database(
            directory.resolve("someone.sqlite3"),
            new Connections(
                List.of(
                    new Connections.NamedFunction(
                        HeaderMatch.NAME, HeaderMatch.ARGUMENTS, HeaderMatch::new))));
    store =
        new SqliteAccountStore(
            ACCOUNT,
            database,
            CLOCK,
            Boot.current(),
            new SplittableRandom(2),
            directory.resolve("someone.uploads"),
            Runnable::run);
    store.writer().applyFolders(FolderRound.of(List.of(listed("INBOX"), listed("Work"))));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatWasAcknowledgedStaysAndWhatWasRefusedIsNotThere() {
    StoredFolder work = folder("Work");
    store.writer().setSortOrder(work.mailboxId(), 42);
    store.notes().put("first", "kept");
    allowPages(3);
    String text = "x".repeat(2000);

    int written = 0;
    BackendException refusal = null;
    while (refusal == null && written < 100) {
      try {
        store.notes().put("note " + written, text);
        written++;
      } catch (BackendException e) {
        refusal = e;
      }
    }

    assertThat(refusal).isNotNull().hasMessage(DiskSpace.NO_ROOM);
    assertThat(refusal.reason()).isEqualTo(BackendException.Reason.UNAVAILABLE);
    assertThat(written).isBetween(1, 20);
    allowPages(1_000_000);
    store.notes().put("after", "room again");
    reopen();
    assertThat(store.notes().find("first")).contains("kept");
    for (int i = 0; i < written; i++) {
      assertThat(store.notes().find("note " + i)).contains(text);
    }
    assertThat(store.notes().find("note " + written)).isEmpty();
    assertThat(store.notes().find("after")).contains("room again");
    assertThat(sortOrder(work.mailboxId())).isEqualTo(42);
    assertThat(isSound()).isTrue();
  }

  @Test
  void messagesForWhichThereIsNoRoomComeAllOrNotAtAll() {
    FolderKey inbox = folder("INBOX").key();
    store.writer().apply(FolderDelta.of(inbox).withArrivals(messages(1, 5)));
    State state = store.state("Email");
    allowPages(2);

    assertThatThrownBy(
            () -> store.writer().apply(FolderDelta.of(inbox).withArrivals(messages(6, 505))))
        .isInstanceOf(BackendException.class)
        .hasMessage(DiskSpace.NO_ROOM);

    assertThat(store.state("Email")).isEqualTo(state);
    assertThat(store.reader().copies(inbox)).isEqualTo(5);
    allowPages(1_000_000);
    store.writer().apply(FolderDelta.of(inbox).withArrivals(messages(6, 505)));
    assertThat(store.reader().copies(inbox)).isEqualTo(505);
    assertThat(store.state("Email")).isNotEqualTo(state);
    assertThat(isSound()).isTrue();
  }

  /** How many pages more than now the file may have. */
  private void allowPages(long more) {
    long pages = number("PRAGMA page_count") + more;
    database.write(
        Durability.PROCESS,
        session -> {
          session.script("PRAGMA max_page_count=" + pages);
          return pages;
        });
  }

  private long sortOrder(Id mailboxId) {
    return number("SELECT sort_order FROM own_mailbox WHERE mailbox_id = '" + mailboxId + "'");
  }

  private boolean isSound() {
    return number("SELECT COUNT(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") == 1;
  }

  private long number(String sql) {
    return database.read(session -> session.number(sql).orElseThrow());
  }

  private void reopen() {
    store.close();
    open();
  }

  private StoredFolder folder(String path) {
    return store.reader().folders().stream()
        .filter(folder -> folder.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static ListedFolder listed(String path) {
    return new ListedFolder(
        path,
        Optional.empty(),
        path,
        Optional.empty(),
        true,
        true,
        MailboxRights.all(),
        FolderEvidence.none());
  }

  private static List<Arrival> messages(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(FullFileTest::message).toList();
  }

  private static Arrival message(long uid) {
    String header = "Subject: " + "long ".repeat(100) + "\r\nMessage-ID: <m" + uid + "@x>\r\n\r\n";
    return new Arrival(
        uid,
        Set.of(),
        0,
        NOON,
        1000,
        header.getBytes(StandardCharsets.US_ASCII),
        BodyPart.builder("text/plain").partId("1").build(),
        "",
        ServerIds.none());
  }
}
