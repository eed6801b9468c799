package org.jmapproxy.backend.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.AccountStore;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderEvidence;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.backend.imap.internal.store.ServerIds;
import org.jmapproxy.backend.imap.internal.store.sqlite.SqliteAccountStores;
import org.jmapproxy.backend.imap.observer.SyncObserver;
import org.jmapproxy.backend.imap.testkit.ManualTime;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.push.ChangeBus;
import org.jmapproxy.mail.mailbox.MailboxRights;
import org.jmapproxy.mail.mime.BodyPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A look reads messages on one connection while a command changes them on another. */
class ReplicaTest {
  private final ManualTime time = new ManualTime();
  @TempDir private Path directory;
  private AccountStore store;
  private Replica replica;
  private FolderKey inbox;

  @BeforeEach
  void open() {
    Id account = Id.of("someone");
    store =
        new SqliteAccountStores(directory, time.clock(), new SplittableRandom(1), Runnable::run)
            .open(account);
    replica =
        new Replica(
            store,
            new FolderLanes(time.clock()),
            new Publisher(account, new ChangeBus(), time, time.clock()),
            new Departures(time.clock()),
            Runnable::run,
            SyncObserver.NONE,
            new ReportArrivals(),
            time.clock());
    store
        .writer()
        .applyFolders(
            FolderRound.of(
                List.of(
                    new ListedFolder(
                        "INBOX",
                        Optional.empty(),
                        "INBOX",
                        Optional.of("inbox"),
                        true,
                        true,
                        MailboxRights.all(),
                        FolderEvidence.none()))));
    inbox = store.reader().folders().get(0).key();
    replica.apply(FolderDelta.of(inbox).withPosition(new FolderPosition(7, 3, 0, 1, 2)));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatACommandTookAwayWhileItWasReadDoesNotComeBack() {
    List<Arrival> read = List.of(message(1), message(2));

    replica.apply(FolderDelta.of(inbox).withArrivals(read));
    replica.apply(FolderDelta.of(inbox).withDepartures(UidSet.of(1)));
    List<Arrival> stored = replica.unknown(inbox, read);

    assertThat(stored).isEmpty();
    replica.apply(FolderDelta.of(inbox).withArrivals(stored));
    assertThat(store.reader().uids(inbox)).isEqualTo(UidSet.of(2));
  }

  @Test
  void aMessageThatLeftBeforeItWasKnownDoesNotCome() {
    List<Arrival> read = List.of(message(1), message(2));

    replica.apply(FolderDelta.of(inbox).withDepartures(UidSet.of(2)));

    assertThat(replica.unknown(inbox, read)).extracting(Arrival::uid).containsExactly(1L);
  }

  @Test
  void uidsThatMeanOtherMessagesSinceUidValidityChangedDoCome() {
    List<Arrival> read = List.of(message(1));
    replica.apply(FolderDelta.of(inbox).withDepartures(UidSet.of(1)));

    replica.departures().forget(inbox);

    assertThat(replica.unknown(inbox, read)).hasSize(1);
  }

  /** RFC 3501 section 2.3.1.1: a UID is never used again, so that nothing hurries to forget it. */
  @Test
  void departuresAreForgottenWhenNoLookCanBeUnderWayAnyMore() {
    List<Arrival> read = List.of(message(1));
    replica.apply(FolderDelta.of(inbox).withDepartures(UidSet.of(1)));
    time.pass(Duration.ofMinutes(9));
    replica.apply(FolderDelta.of(inbox));
    assertThat(replica.unknown(inbox, read)).isEmpty();

    time.pass(Duration.ofMinutes(2));
    replica.apply(FolderDelta.of(inbox));

    assertThat(replica.unknown(inbox, read)).hasSize(1);
  }

  private Arrival message(long uid) {
    byte[] header = ("Message-ID: <m" + uid + "@x>\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    return new Arrival(
        uid,
        Set.of(),
        0,
        time.now(),
        100,
        header,
        BodyPart.builder("text/plain").partId("1").build(),
        "",
        ServerIds.none());
  }
}
