package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How long a large first synchronisation takes, against a bare UID FETCH of the same items. */
@Tag("full")
class FirstSyncSpeedTest {
  private static final Logger LOG = LoggerFactory.getLogger(FirstSyncSpeedTest.class);
  private static final int MESSAGES = 20_000;
  private static final int ROUNDS = 3;

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  @Test
  void aFirstSynchronisationCostsLittleMoreThanTheFetchItself() {
    double best = Double.MAX_VALUE;
    for (int round = 1; round <= ROUNDS; round++) {
      DOVECOT.seed("bare" + round, "INBOX", MESSAGES);
      DOVECOT.seed("whole" + round, "INBOX", MESSAGES);
      Duration bare = bareFetch("bare" + round);
      try (ImapProxy proxy = new ImapProxy()) {
        long begin = System.nanoTime();
        try (OpenAccount account = proxy.open(DOVECOT, "whole" + round)) {
          account.awaitFirstData(Duration.ofMinutes(1));
          Duration first = Duration.ofNanos(System.nanoTime() - begin);
          account.sync(Duration.ofMinutes(5));
          Duration whole = Duration.ofNanos(System.nanoTime() - begin);
          assertThat(account.status().messages()).isEqualTo(MESSAGES);
          double ratio = (double) whole.toMillis() / bare.toMillis();
          best = Math.min(best, ratio);
          LOG.warn(
              "{} messages: bare fetch {} ms, first messages {} ms, everything {} ms, ratio {}",
              MESSAGES,
              bare.toMillis(),
              first.toMillis(),
              whole.toMillis(),
              String.format("%.2f", ratio));
        }
      }
    }
    assertThat(best).isLessThan(5);
  }

  private static Duration bareFetch(String user) {
    try (ImapConnection connection = DOVECOT.connect(user)) {
      connection.select("INBOX");
      long begin = System.nanoTime();
      FetchRequest items =
          FetchRequest.builder()
              .flags()
              .modSeq()
              .guid()
              .internalDate()
              .size()
              .bodyStructure()
              .header()
              .build();
      FetchRequest texts = FetchRequest.builder().section("1", 0, 4096).build();
      connection.messages().fetch(UidSet.range(1, MESSAGES), items, message -> {});
      connection.messages().fetch(UidSet.range(1, MESSAGES), texts, message -> {});
      return Duration.ofNanos(System.nanoTime() - begin);
    }
  }
}
