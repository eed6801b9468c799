package org.jmapproxy.backend.imap.internal.sync;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.mail.FolderGoneException;
import org.jmapproxy.core.error.BackendException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a folder that cannot be read from spoiling the rest of the account: a server may break the
 * connection at one mailbox again and again, or send nonsense for it. Such a folder is passed over
 * and tried again later, after a time that grows. Used by one thread at a time, but for {@link
 * #summary}.
 */
final class FolderTroubles {
  private static final Logger LOG = LoggerFactory.getLogger(FolderTroubles.class);
  private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
  private static final int MOST_DOUBLINGS = 6;
  private static final int MOST_LOSSES = 3;

  private final Connections connections;
  private final Clock clock;
  private final Map<FolderKey, Trouble> troubles = new HashMap<>();
  private int lossesInRow;

  private record Trouble(int failures, Instant tryAgain, String why) {}

  FolderTroubles(Connections connections, Clock clock) {
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Works on a folder; empty if it cannot be read at present.
   *
   * @throws ImapException when it is not the folder's fault: no connection can be made, or it
   *     breaks at every folder
   */
  <T> Optional<T> on(StoredFolder folder, Instant deadline, Function<Link, T> work) {
    if (isPutOff(folder.key())) {
      return Optional.empty();
    }
    try {
      T result = tryTwice(folder, deadline, work);
      lossesInRow = 0;
      forget(folder.key());
      return Optional.of(result);
    } catch (ImapRefusedException | ImapBadCommandException | FolderGoneException e) {
      LOG.info("A folder cannot be read now: {}", e.getMessage());
      return Optional.empty();
    } catch (BackendException e) {
      throw e;
    } catch (ImapConnectionLostException | ImapByeException e) {
      if (++lossesInRow >= MOST_LOSSES || !connections.reachability().untilNextAttempt().isZero()) {
        throw e;
      }
      putOff(folder, e);
      return Optional.empty();
    } catch (RuntimeException e) {
      putOff(folder, e);
      return Optional.empty();
    }
  }

  /** A connection that breaks once says nothing about the folder. */
  private <T> T tryTwice(StoredFolder folder, Instant deadline, Function<Link, T> work) {
    AtomicBoolean begun = new AtomicBoolean();
    Function<Link, T> noticed =
        link -> {
          begun.set(true);
          return work.apply(link);
        };
    Optional<String> path = Optional.of(folder.path());
    try {
      return connections.use(path, deadline, noticed);
    } catch (ImapConnectionLostException | ImapByeException e) {
      if (!begun.get()) {
        throw e;
      }
      LOG.debug("The connection broke at a folder, which is tried once more", e);
      return connections.use(path, deadline, noticed);
    }
  }

  private synchronized boolean isPutOff(FolderKey folder) {
    Trouble trouble = troubles.get(folder);
    return trouble != null && clock.instant().isBefore(trouble.tryAgain());
  }

  private void putOff(StoredFolder folder, RuntimeException e) {
    String why = String.valueOf(e.getMessage());
    LOG.warn("A folder is passed over for a while: {}", why);
    if (!(e instanceof ImapException)) {
      LOG.warn("Reading a folder failed in a way that should not be", e);
    }
    synchronized (this) {
      Trouble before = troubles.get(folder.key());
      int failures = before == null ? 1 : before.failures() + 1;
      Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(MOST_DOUBLINGS, failures - 1));
      troubles.put(folder.key(), new Trouble(failures, clock.instant().plus(wait), why));
    }
  }

  private synchronized void forget(FolderKey folder) {
    troubles.remove(folder);
  }

  /** Somebody wants to know for certain: every folder is tried again. */
  synchronized void tryAgain() {
    troubles.replaceAll(
        (key, trouble) -> new Trouble(trouble.failures(), Instant.MIN, trouble.why()));
  }

  /** How many folders cannot be read, and why the first of them; empty if all can. */
  synchronized Optional<String> summary() {
    return troubles.values().stream()
        .findFirst()
        .map(first -> "Folders that cannot be read: " + troubles.size() + "; " + first.why());
  }
}
