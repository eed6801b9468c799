package org.jmapproxy.backend.imap.internal.sieve;

import java.lang.ref.WeakReference;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.KeptScript;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.backend.imap.internal.store.ScriptStore;
import org.jmapproxy.backend.imap.internal.store.ScriptStore.SeenScript;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.spi.CallContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scripts of an account: compared with the server when a client looks and now and then, and
 * kept for when the server is away. One changes them at a time, the vacation response included.
 * Thread-safe.
 */
public final class ScriptBook {
  private static final Logger LOG = LoggerFactory.getLogger(ScriptBook.class);
  private static final String SEEN = "sieve.seen";
  private static final Duration ROUND = Duration.ofMinutes(5);
  private static final Duration AWAY = Duration.ofSeconds(30);
  private static final Duration REFUSED = Duration.ofMinutes(15);

  /** More than any server allows; a list without end is not read to its end. */
  private static final int MOST_SCRIPTS = 500;

  private final SieveServer server;
  private final ScriptStore store;
  private final Notes notes;
  private final Consumer<Committed> published;
  private final Clock clock;
  private final ReentrantLock oneAtATime = new ReentrantLock();
  private WeakReference<CallContext> seenBy = new WeakReference<>(null);
  private Instant nextRound = Instant.MIN;
  private Instant nextAttempt = Instant.MIN;

  /**
   * Begins with what was known last.
   *
   * @param published told what changed
   */
  public ScriptBook(
      SieveServer server,
      ScriptStore store,
      Notes notes,
      Consumer<Committed> published,
      Clock clock) {
    this.server = server;
    this.store = store;
    this.notes = notes;
    this.published = published;
    this.clock = clock;
  }

  /** Compares with the server if that was not done lately; it may be away. */
  public void look() {
    oneAtATime.lock();
    try {
      Instant now = clock.instant();
      if (server.capabilities().isEmpty() || now.isBefore(nextRound)) {
        return;
      }
      nextRound = now.plus(ROUND);
      refresh();
    } catch (BackendException e) {
      LOG.debug("The scripts could not be compared: {}", e.getMessage());
    } finally {
      oneAtATime.unlock();
    }
  }

  /** The next look compares, whatever was done lately. */
  public void forget() {
    oneAtATime.lock();
    try {
      nextRound = Instant.MIN;
      nextAttempt = Instant.MIN;
    } finally {
      oneAtATime.unlock();
    }
  }

  ScriptStore store() {
    return store;
  }

  SieveServer server() {
    return server;
  }

  /**
   * All scripts as they are at the server now, looked up once for a call; as they were when it was
   * last reached if it is away.
   *
   * @throws BackendException if it is away and was never reached
   */
  List<KeptScript> scripts(CallContext context) {
    oneAtATime.lock();
    try {
      if (!seenBy.refersTo(context)) {
        refreshIfPossible();
        seenBy = new WeakReference<>(context);
      }
      return store.all();
    } finally {
      oneAtATime.unlock();
    }
  }

  /**
   * Changes scripts, on one connection, knowing what is there.
   *
   * @throws BackendException when the server cannot be reached
   */
  <T> T change(Function<ScriptWork, T> task) {
    oneAtATime.lock();
    try (ScriptWork work = new ScriptWork(this)) {
      work.catchUp();
      return task.apply(work);
    } catch (SieveException e) {
      throw SieveServer.failure(e);
    } finally {
      oneAtATime.unlock();
    }
  }

  /** Keeps what is at the server now; tells clients. */
  Scripts keep(Scripts now) {
    published.accept(store.replace(now.judged()));
    if (notes.find(SEEN).isEmpty()) {
      notes.put(SEEN, "yes");
    }
    return known();
  }

  /** What was kept last. */
  Scripts known() {
    return Scripts.of(store.all());
  }

  /** Reads everything from the server, and keeps it. */
  Scripts read(SieveConnection connection) {
    Scripts before = known();
    List<SeenScript> seen = new ArrayList<>();
    for (ListedScript listed : connection.list()) {
      if (seen.size() == MOST_SCRIPTS) {
        LOG.warn("The Sieve server lists more than {} scripts", MOST_SCRIPTS);
        break;
      }
      text(connection, listed.name(), before)
          .ifPresent(
              text ->
                  seen.add(
                      new SeenScript(
                          Optional.empty(), listed.name(), text, listed.isActive(), false)));
    }
    return keep(new Scripts(seen));
  }

  /** A script that the server does not show stays as it was known. */
  private static Optional<String> text(SieveConnection connection, String name, Scripts before) {
    try {
      return connection.get(name);
    } catch (SieveException e) {
      if (e.kind() != SieveException.Kind.REFUSED) {
        throw e;
      }
      LOG.debug("A script cannot be read: {}", e.getMessage());
      return before.find(name).map(SeenScript::text);
    }
  }

  private void refreshIfPossible() {
    boolean isKnown = notes.find(SEEN).isPresent();
    if (isKnown && clock.instant().isBefore(nextAttempt)) {
      return;
    }
    try {
      refresh();
    } catch (BackendException e) {
      if (!isKnown) {
        throw e;
      }
      LOG.debug("Scripts are shown as they were: {}", e.getMessage());
    }
  }

  private void refresh() {
    try {
      Scripts unused = server.use(this::read);
      nextAttempt = Instant.MIN;
    } catch (BackendException e) {
      Duration wait = e.reason() == Reason.AUTHENTICATION_LOST ? REFUSED : AWAY;
      nextAttempt = clock.instant().plus(wait);
      throw e;
    } catch (SieveException e) {
      throw SieveServer.failure(e);
    }
  }
}
