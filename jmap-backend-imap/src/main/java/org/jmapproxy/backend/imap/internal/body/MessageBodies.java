package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.ImapFailures;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.PartBlobId;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.TransferEncoding;

/** The octets of messages and of their parts, fetched when somebody reads them. Thread-safe. */
public final class MessageBodies {
  private static final long MOST_OCTETS = 1L << 30;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ReplicaReader replica;
  private final Connections connections;
  private final BodyCache cache;
  private final Clock clock;

  /** Bodies of the messages in a replica. */
  public MessageBodies(
      ReplicaReader replica, Connections connections, BodyCache cache, Clock clock) {
    this.replica = replica;
    this.connections = connections;
    this.cache = cache;
    this.clock = clock;
  }

  /** The data under the blob id of a message or of one of its parts. */
  public Optional<Blob> find(Id blobId) {
    Optional<StoredMessage> message = replica.messageOfBlob(blobId);
    if (message.isPresent()) {
      return Optional.of(whole(message.get()));
    }
    return PartBlobId.parse(blobId)
        .flatMap(
            id -> replica.messageOfBlob(id.messageBlobId()).flatMap(of -> part(of, id.partId())));
  }

  private Blob whole(StoredMessage message) {
    Id blobId = message.blobId();
    return new FileBlob(
        "message/rfc822",
        () ->
            obtain(
                blobId.value(),
                out -> fetch(blobId, "", message.size(), TransferEncoding.IDENTITY, out)));
  }

  private Optional<Blob> part(StoredMessage message, String partId) {
    return find(message.structure(), partId)
        .map(
            part -> {
              Id blobId = new PartBlobId(message.blobId(), partId).toId();
              return new FileBlob(
                  part.type(),
                  () ->
                      obtain(
                          blobId.value(),
                          out ->
                              fetch(message.blobId(), partId, part.size(), part.encoding(), out)));
            });
  }

  private static Optional<BodyPart> find(BodyPart node, String partId) {
    if (node.partId().equals(Optional.of(partId))) {
      return Optional.of(node);
    }
    return node.subParts().stream().flatMap(child -> find(child, partId).stream()).findFirst();
  }

  private Path obtain(String name, BodyCache.Source source) {
    return cache.obtain(name, PATIENCE, source);
  }

  /** Fetches from where the message is now: it may have moved since the blob was found. */
  private void fetch(
      Id messageBlobId, String section, long size, TransferEncoding encoding, OutputStream out)
      throws IOException {
    StoredMessage message =
        replica
            .messageOfBlob(messageBlobId)
            .orElseThrow(() -> new BackendException(Reason.UNAVAILABLE, "The message is gone"));
    for (MessageCopy copy : message.copies()) {
      Optional<StoredFolder> folder = replica.folder(copy.folder());
      if (folder.isPresent() && download(folder.get(), copy.uid(), section, size, encoding, out)) {
        return;
      }
    }
    throw new BackendException(Reason.UNAVAILABLE, "The server no longer has the message");
  }

  private boolean download(
      StoredFolder folder,
      long uid,
      String section,
      long size,
      TransferEncoding encoding,
      OutputStream out)
      throws IOException {
    OutputStream decoding = TransferDecoding.of(encoding, new Unclosed(out));
    Instant deadline = clock.instant().plus(PATIENCE);
    boolean found;
    try {
      found =
          connections.use(
              Optional.of(folder.path()),
              deadline,
              link -> isAsKnown(link, folder) && download(link, uid, section, size, decoding));
    } catch (ImapException e) {
      throw ImapFailures.toBackend(e);
    }
    decoding.close();
    return found;
  }

  private static boolean isAsKnown(Link link, StoredFolder folder) {
    return link.upToDate(folder.path()).uidValidity() == folder.position().uidValidity();
  }

  private static boolean download(
      Link link, long uid, String section, long size, OutputStream out) {
    return link.imap().messages().download(uid, section, size, MOST_OCTETS, out).isPresent();
  }
}
