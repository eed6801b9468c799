package org.jmapproxy.backend.imap.internal.sync;

import java.util.concurrent.TimeUnit;
import org.jmapproxy.core.backend.SyncStatus;
import org.jmapproxy.core.id.Id;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators how a first synchronisation goes. Used by one thread at a time. */
final class FirstSyncLog {
  private static final Logger LOG = LoggerFactory.getLogger(FirstSyncLog.class);
  private static final int STEP = 10;

  /** To count what is there takes a while, and is not worth it for each of many folders. */
  private static final long LULL = TimeUnit.SECONDS.toNanos(1);

  private final Id accountId;
  private final Progress progress;
  private final long begun = System.nanoTime();
  private long counted = begun;
  private boolean announced;
  private int told;

  FirstSyncLog(Id accountId, Progress progress) {
    this.accountId = accountId;
    this.progress = progress;
  }

  /** How many messages there are is known. */
  void begins(int folders) {
    if (!progress.wasInStep() && !announced) {
      announced = true;
      told = progress.percent() / STEP * STEP;
      LOG.info(
          "Account {}: first synchronisation begins, {} messages in {} folders, {} % are here",
          accountId, progress.expected(), folders, progress.percent());
    }
  }

  /** Something was stored. */
  void goesOn() {
    long now = System.nanoTime();
    if (announced && !progress.wasInStep() && now - counted > LULL) {
      counted = now;
      int percent = progress.percent();
      if (percent >= told + STEP && percent < 100) {
        told = percent / STEP * STEP;
        LOG.info(
            "Account {}: first synchronisation, {} % of {} messages",
            accountId, percent, progress.expected());
      }
    }
  }

  /** Everything is there; called before it counts as in step. */
  void ends() {
    if (announced && !progress.wasInStep()) {
      SyncStatus status = progress.status();
      LOG.info(
          "Account {}: first synchronisation is done, {} messages in {} folders, {} s",
          accountId,
          status.messages(),
          status.folders(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    }
  }
}
