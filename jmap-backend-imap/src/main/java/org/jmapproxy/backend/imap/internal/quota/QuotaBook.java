package org.jmapproxy.backend.imap.internal.quota;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.ServerQuota;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.Notes;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.quota.Quota;

/**
 * An account's quotas as its server told them in the last round: reading never waits for the
 * server. Thread-safe.
 */
public final class QuotaBook implements ReadRole<Quota> {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String INBOX = "INBOX";

  private final Connections connections;
  private final Clock clock;
  private final QuotaNotes notes;
  private final Consumer<State> published;
  private final ChangeLog log = new ChangeLog(10_000);
  private Map<Id, Quota> quotas = Map.of();
  private boolean offered;

  /**
   * Begins with what was known last.
   *
   * @param published told each new state
   */
  public QuotaBook(Connections connections, Clock clock, Notes notes, Consumer<State> published) {
    this.connections = connections;
    this.clock = clock;
    this.notes = new QuotaNotes(notes);
    this.published = published;
    Optional<List<ServerQuota>> known = this.notes.read();
    offered = known.isPresent();
    quotas = byId(known.orElse(List.of()));
  }

  /** Whether the server tells quotas. */
  public synchronized boolean isOffered() {
    return offered;
  }

  /** What happened to them. */
  public ChangesRole changes() {
    return log;
  }

  /** Asks the server. */
  public void refresh() {
    Instant deadline = clock.instant().plus(PATIENCE);
    Optional<List<ServerQuota>> told = connections.use(Optional.empty(), deadline, QuotaBook::ask);
    State before = log.state();
    synchronized (this) {
      offered = told.isPresent();
      Map<Id, Quota> now = byId(told.orElse(List.of()));
      if (now.equals(quotas)) {
        return;
      }
      told.ifPresentOrElse(notes::write, notes::remove);
      record(quotas, now);
      quotas = now;
    }
    if (!log.state().equals(before)) {
      published.accept(log.state());
    }
  }

  @Override
  public synchronized List<Quota> read(CallContext context, ReadRequest request) {
    return request
        .ids()
        .map(ids -> ids.stream().filter(quotas::containsKey).map(quotas::get).toList())
        .orElseGet(() -> List.copyOf(quotas.values()));
  }

  private static Optional<List<ServerQuota>> ask(Link link) {
    if (!link.imap().capabilities().has("QUOTA")) {
      return Optional.empty();
    }
    try {
      return Optional.of(link.imap().mailboxes().quotas(INBOX));
    } catch (ImapRefusedException | ImapBadCommandException e) {
      return Optional.empty();
    }
  }

  private static Map<Id, Quota> byId(List<ServerQuota> told) {
    Map<Id, Quota> byId = new LinkedHashMap<>();
    told.forEach(one -> QuotaConversion.toJmap(one).ifPresent(it -> byId.put(it.id(), it)));
    return byId;
  }

  private void record(Map<Id, Quota> before, Map<Id, Quota> now) {
    before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(log::destroyed);
    now.forEach(
        (id, quota) -> {
          Quota old = before.get(id);
          if (old == null) {
            log.created(id);
          } else if (old.hardLimit() != quota.hardLimit()) {
            log.updated(id);
          } else if (old.used() != quota.used()) {
            log.updated(id, Set.of("used"));
          }
        });
  }
}
