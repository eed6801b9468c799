package org.jmapproxy.backend.imap.internal.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.junit.jupiter.api.Test;

class DeparturesTest {
  private static final FolderKey INBOX = new FolderKey(1);
  private static final FolderKey OTHER = new FolderKey(2);

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Departures departures =
      new Departures(
          new Clock() {
            @Override
            public ZoneOffset getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void whatLeftAFolderIsRememberedForThatFolder() {
    leave(INBOX, 3);
    leave(INBOX, 5);
    assertThat(departures.from(INBOX)).isEqualTo(UidSet.of(3).union(UidSet.of(5)));
    assertThat(departures.from(OTHER).isEmpty()).isTrue();
  }

  @Test
  void newUidsOfAFolderAreNotTakenForOldOnes() {
    leave(INBOX, 3);
    leave(OTHER, 3);
    departures.forget(INBOX);
    assertThat(departures.from(INBOX).isEmpty()).isTrue();
    assertThat(departures.from(OTHER).contains(3)).isTrue();
  }

  @Test
  void memoryIsShort() {
    leave(INBOX, 3);
    now = now.plus(Duration.ofHours(1));
    leave(OTHER, 4);
    assertThat(departures.from(INBOX).isEmpty()).isTrue();
  }

  private void leave(FolderKey folder, long uid) {
    departures.note(List.of(FolderDelta.of(folder).withDepartures(UidSet.of(uid))));
  }
}
