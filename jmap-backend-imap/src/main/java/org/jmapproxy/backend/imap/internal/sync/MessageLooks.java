package org.jmapproxy.backend.imap.internal.sync;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/** Looks at messages and folders on behalf of commands. Thread-safe. */
public final class MessageLooks {
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
    return new MessageReader(folders.abilities(link)).read(link, uids).arrivals(replica.clock());
  }

  /**
   * Brings some folders in step with the server: what arrived in any of them first, what is gone
   * last. The caller is in no lane.
   */
  public void resync(Collection<FolderKey> keys, Instant deadline) {
    List<FolderDelta> departures = new ArrayList<>();
    for (FolderKey key : keys) {
      Optional<StoredFolder> folder = replica.store().reader().folder(key);
      folder
          .filter(StoredFolder::isSelectable)
          .ifPresent(
              known ->
                  departures.add(
                      connections.use(
                          Optional.of(known.path()), deadline, link -> look(link, known))));
    }
    replica.apply(departures);
  }

  private FolderDelta look(Link link, StoredFolder folder) {
    return new FolderSync(replica, folders.abilities(link)).look(link, folder);
  }
}
