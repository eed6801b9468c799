package org.jmapproxy.backend.imap.internal.command;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.protocol.CopiedUids;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.CopiedFrom;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;

/**
 * Puts messages into further folders: one COPY, or MOVE, for all that go the same way. Afterwards
 * the new copies are read from where they are.
 */
final class CopyMessages {
  private static final int MOST_AT_ONCE = 500;

  /** A way that messages go. */
  private record Route(FolderKey from, FolderKey to, boolean moves) {}

  private final Desk desk;
  private final Deltas deltas;
  private final Map<Route, Map<Long, Id>> routes = new LinkedHashMap<>();
  private final Map<Id, SetError> refused = new HashMap<>();
  private final Map<FolderKey, UidSet> arrived = new LinkedHashMap<>();

  CopyMessages(Desk desk, Deltas deltas) {
    this.desk = desk;
    this.deltas = deltas;
  }

  void copy(Id emailId, MessageCopy source, FolderKey to) {
    add(emailId, source, to, false);
  }

  /** To be asked for where the server offers MOVE. */
  void move(Id emailId, MessageCopy source, FolderKey to) {
    add(emailId, source, to, true);
  }

  private void add(Id emailId, MessageCopy source, FolderKey to, boolean moves) {
    routes
        .computeIfAbsent(new Route(source.folder(), to, moves), key -> new LinkedHashMap<>())
        .put(source.uid(), emailId);
  }

  /** Emails that the server did not want to put where they should go. */
  Map<Id, SetError> refused() {
    return refused;
  }

  void run(Map<FolderKey, StoredFolder> folders, Instant deadline) {
    routes.forEach(
        (route, emails) -> {
          StoredFolder from = folders.get(route.from());
          StoredFolder to = folders.get(route.to());
          if (from != null && to != null) {
            send(route, emails, from, to, deadline);
          }
        });
    arrived.forEach(
        (key, uids) -> {
          StoredFolder folder = folders.get(key);
          if (folder != null) {
            desk.onFolder(
                folder,
                deadline,
                link -> {
                  deltas.arrivals(key, desk.looks().arrivals(link, uids));
                  return key;
                });
          }
        });
  }

  private void send(
      Route route, Map<Long, Id> emails, StoredFolder from, StoredFolder to, Instant deadline) {
    UidSet uids = UidSet.of(emails.keySet().stream().mapToLong(Long::longValue));
    for (UidSet chunk : uids.chunks(MOST_AT_ONCE)) {
      try {
        Optional<CopiedUids> copied =
            desk.onFolder(
                from,
                deadline,
                link -> {
                  deltas.begin();
                  return route.moves()
                      ? link.imap().messages().move(chunk, to.path())
                      : link.imap().messages().copy(chunk, to.path());
                });
        note(route, chunk, copied, to, deadline);
      } catch (ImapRefusedException e) {
        SetError error = Refusals.ofDestination(e);
        chunk.stream().forEach(uid -> refuse(emails, uid, error));
      }
    }
  }

  private void refuse(Map<Long, Id> emails, long uid, SetError error) {
    Id id = emails.get(uid);
    if (id != null) {
      refused.put(id, error);
    }
  }

  private void note(
      Route route, UidSet sources, Optional<CopiedUids> copied, StoredFolder to, Instant deadline) {
    Optional<CopiedUids> told =
        copied.filter(uids -> uids.uidValidity() == to.position().uidValidity());
    told.ifPresent(
        uids ->
            uids.destinations()
                .forEach(
                    (source, target) ->
                        deltas.origin(route.to(), target, new CopiedFrom(route.from(), source))));
    UidSet targets =
        told.map(uids -> UidSet.of(uids.destinations().values().stream().mapToLong(u -> u)))
            .orElseGet(() -> unknownIn(to, deadline));
    arrived.merge(route.to(), targets, UidSet::union);
    if (route.moves()) {
      deltas.departures(route.from(), sources);
    }
  }

  /** Without COPYUID: everything there that the replica has not seen. */
  private UidSet unknownIn(StoredFolder folder, Instant deadline) {
    long from = Math.max(1, folder.position().uidNext());
    UidSet there =
        desk.onFolder(
            folder,
            deadline,
            link -> link.imap().messages().search(SearchCriteria.all().uids(UidSet.from(from))));
    return there.minus(UidSet.range(1, from - 1)).minus(desk.reader().uids(folder.key()));
  }
}
