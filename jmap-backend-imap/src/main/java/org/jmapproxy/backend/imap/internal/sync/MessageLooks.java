package org.jmapproxy.backend.imap.internal.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.FlagChange;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.mail.FolderGoneException;
import org.jmapproxy.core.id.Id;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at messages and folders on behalf of commands. Thread-safe. */
public final class MessageLooks {
  private static final Logger LOG = LoggerFactory.getLogger(MessageLooks.class);

  private final Replica replica;
  private final Connections connections;
  private final Folders folders;

  /** Looks at one account. */
  public MessageLooks(Replica replica, Connections connections, Folders folders) {
    this.replica = replica;
    this.connections = connections;
    this.folders = folders;
  }

  /** Messages of the selected mailbox with all that the replica keeps of them. */
  public List<Arrival> arrivals(Link link, UidSet uids) {
    List<Arrival> arrivals = new ArrayList<>();
    new MessageReader(folders.abilities(link))
        .read(link, uids, (part, isLast) -> arrivals.addAll(part.arrivals(replica.clock())));
    return arrivals;
  }

  /** Reads the newest messages of a folder into the replica, if none of it has been read yet. */
  public void begin(StoredFolder folder, Instant deadline) {
    FolderDelta departures =
        connections.use(Optional.of(folder.path()), deadline, link -> look(link, folder));
    replica.apply(departures);
  }

  /**
   * Reads some messages of a folder into the replica before their turn. How far the replica is does
   * not change by it.
   */
  public void fetch(StoredFolder folder, UidSet uids, Instant deadline) {
    connections.use(
        Optional.of(folder.path()),
        deadline,
        link -> {
          link.upToDateAs(folder.path(), folder.position().uidValidity());
          sync(link).fetch(link, folder.key(), uids);
          return folder;
        });
  }

  /**
   * Brings some folders in step with the server: what arrived in any of them first, what is gone
   * last. Other Emails than these may have been moved to folders that are not looked at: what is
   * gone of them is left to a round over the account. The caller is in no lane.
   */
  public void resync(Collection<FolderKey> keys, Set<Id> emails, Instant deadline) {
    List<FolderDelta> departures = new ArrayList<>();
    for (FolderKey key : keys) {
      replica
          .store()
          .reader()
          .folder(key)
          .filter(StoredFolder::holdsMessages)
          .flatMap(folder -> look(folder, deadline))
          .ifPresent(departures::add);
    }
    replica.apply(departures.stream().map(delta -> only(emails, delta)).toList());
  }

  private FolderDelta only(Set<Id> emails, FolderDelta delta) {
    UidSet hidden =
        UidSet.of(delta.flagChanges().stream().mapToLong(FlagChange::uid))
            .union(delta.departures());
    UidSet.Builder known = UidSet.builder();
    replica
        .store()
        .reader()
        .emailIds(delta.folder(), hidden)
        .forEach(
            (uid, email) -> {
              if (emails.contains(email)) {
                known.add(uid);
              }
            });
    UidSet ours = known.build();
    return ours.size() == hidden.size() ? delta : delta.only(ours);
  }

  /** A folder that another client has removed meanwhile tells nothing. */
  private Optional<FolderDelta> look(StoredFolder folder, Instant deadline) {
    try {
      return Optional.of(
          connections.use(Optional.of(folder.path()), deadline, link -> look(link, folder)));
    } catch (ImapRefusedException | FolderGoneException e) {
      LOG.info("A folder cannot be looked at: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private FolderDelta look(Link link, StoredFolder folder) {
    return sync(link).look(link, folder);
  }

  private FolderSync sync(Link link) {
    return new FolderSync(replica, folders.abilities(link));
  }
}
