package org.jmapproxy.backend.imap.internal.body;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapAuthenticationException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.id.Id;

/**
 * Fetches sections of messages from the server: first all that lie in one folder together, then
 * what did not come of that, one by one from wherever it may be. Thread-safe.
 */
final class Downloads {
  private final ReplicaReader replica;
  private final Connections connections;
  private final Clock clock;

  Downloads(ReplicaReader replica, Connections connections, Clock clock) {
    this.replica = replica;
    this.connections = connections;
    this.clock = clock;
  }

  /**
   * Fetches what is awaited.
   *
   * @param deadline when to stop beginning with more
   * @throws BackendException when the server is out of reach; what was not delivered cannot be had
   */
  void fetch(Collection<Section> wanted, Instant deadline, Delivery delivery) {
    for (FolderDownload folder : byFolder(wanted, delivery)) {
      inFolder(folder, deadline, delivery);
    }
    for (Section section : wanted) {
      if (section.kind() == Section.Kind.CONTENT && delivery.isAwaited(section.name())) {
        refuseWhenLate(deadline);
        singly(section, deadline, delivery);
      }
    }
  }

  private Collection<FolderDownload> byFolder(Collection<Section> wanted, Delivery delivery) {
    Map<Id, Optional<StoredMessage>> messages = new HashMap<>();
    Map<FolderKey, Optional<FolderDownload>> folders = new LinkedHashMap<>();
    for (Section section : wanted) {
      if (delivery.isAwaited(section.name())) {
        messages
            .computeIfAbsent(section.blobId(), replica::messageOfBlob)
            .flatMap(message -> message.copies().stream().findFirst())
            .ifPresent(
                copy ->
                    folders
                        .computeIfAbsent(
                            copy.folder(), key -> replica.folder(key).map(FolderDownload::new))
                        .ifPresent(folder -> folder.add(copy.uid(), section)));
      }
    }
    return folders.values().stream().flatMap(Optional::stream).toList();
  }

  /** A connection that rested may have ended unnoticed: that is worth a new one. */
  private void inFolder(FolderDownload download, Instant deadline, Delivery delivery) {
    StoredFolder folder = download.folder();
    refuseWhenLate(deadline);
    try {
      connections.use(
          Optional.of(folder.path()),
          deadline,
          link -> {
            if (link.selected(folder.path()).uidValidity() == folder.position().uidValidity()) {
              download.run(link.imap(), delivery);
            }
            return true;
          });
    } catch (ImapAuthenticationException e) {
      throw ImapFailures.toBackend(e);
    } catch (ImapException e) {
      if (e.closesConnection()) {
        refuseWhenLate(deadline);
        onNewConnection(download, deadline, delivery);
      }
    }
  }

  private void onNewConnection(FolderDownload download, Instant deadline, Delivery delivery) {
    StoredFolder folder = download.folder();
    try {
      ImapConnection imap = connections.begin(deadline);
      try {
        if (imap.select(folder.path()).uidValidity() == folder.position().uidValidity()) {
          download.run(imap, delivery);
        }
      } finally {
        connections.end(imap);
      }
    } catch (ImapException e) {
      if (e.closesConnection()) {
        throw ImapFailures.toBackend(e);
      }
    }
  }

  /** Fetches from where the message is now: it may have moved since it was asked for. */
  private void singly(Section section, Instant deadline, Delivery delivery) {
    BackendException failure =
        new BackendException(Reason.UNAVAILABLE, "The server no longer has the message");
    Optional<StoredMessage> message = replica.messageOfBlob(section.blobId());
    for (MessageCopy copy : message.map(StoredMessage::copies).orElse(List.of())) {
      Optional<StoredFolder> folder = replica.folder(copy.folder());
      if (folder.isPresent() && delivery.isAwaited(section.name())) {
        failure = singly(section, folder.get(), copy.uid(), deadline, delivery).orElse(failure);
      }
    }
    delivery.refuse(section.name(), failure);
  }

  /** Why the server refused, if it did. */
  private Optional<BackendException> singly(
      Section section, StoredFolder folder, long uid, Instant deadline, Delivery delivery) {
    try {
      connections.use(
          Optional.of(folder.path()),
          deadline,
          link -> {
            if (link.upToDate(folder.path()).uidValidity() == folder.position().uidValidity()) {
              FolderDownload.download(link.imap().messages(), uid, section, delivery);
            }
            return true;
          });
      return Optional.empty();
    } catch (ImapException e) {
      if (e.closesConnection()) {
        throw ImapFailures.toBackend(e);
      }
      return Optional.of(ImapFailures.toBackend(e));
    }
  }

  private void refuseWhenLate(Instant deadline) {
    if (clock.instant().isAfter(deadline)) {
      throw new BackendException(Reason.UNAVAILABLE, "There was no time to fetch all messages");
    }
  }
}
