package org.jmapproxy.backend.imap.internal.body;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.PartBlobId;
import org.jmapproxy.mail.mime.BodyPart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The octets of messages and of their parts, fetched when somebody reads them. Small messages come
 * whole: one command brings many of them, and all of their parts. Of large ones the parts come that
 * are read. Thread-safe.
 */
public final class MessageBodies {
  /** A message up to this size comes whole: it takes no longer than a round trip. */
  static final long SMALL = 1 << 17;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int MOST_DIGITS = 18;
  private static final Logger LOG = LoggerFactory.getLogger(MessageBodies.class);

  private final ReplicaReader replica;
  private final BodyCache cache;
  private final Downloads downloads;
  private final Clock clock;

  /** Bodies of the messages in a replica. */
  public MessageBodies(
      ReplicaReader replica, Connections connections, BodyCache cache, Clock clock) {
    this.replica = replica;
    this.cache = cache;
    this.downloads = new Downloads(replica, connections, clock);
    this.clock = clock;
  }

  /** The data under the blob id of a message or of one of its parts. */
  public Optional<Blob> find(Id blobId) {
    Optional<StoredMessage> message = replica.messageOfBlob(blobId);
    if (message.isPresent()) {
      return Optional.of(blob("message/rfc822", Section.whole(blobId, message.get().size())));
    }
    return PartBlobId.parse(blobId)
        .flatMap(
            id ->
                replica
                    .messageOfBlob(id.messageBlobId())
                    .flatMap(
                        of ->
                            new MessageParts(this, of.blobId(), of.size(), of.structure())
                                .part(id.partId())));
  }

  /** Whether a message is read as a whole: it is small, or it is here. */
  boolean isReadWhole(Id blobId, long size) {
    return size <= SMALL || cache.has(blobId.value());
  }

  /** A section as data that are fetched when they are used. */
  Blob blob(String type, Section section) {
    return new CachedBlob(type, () -> octets(section));
  }

  /** The data of a section, fetched if they are not here. */
  Octets octets(Section section) {
    return cache.obtain(
        section.name(),
        PATIENCE,
        delivery -> downloads.fetch(List.of(section), clock.instant().plus(PATIENCE), delivery));
  }

  /** A number that was noted. */
  OptionalLong noted(Section note) {
    try {
      Optional<Octets> octets = cache.get(note.name());
      if (octets.isPresent()) {
        try (InputStream in = octets.get().open(0, MOST_DIGITS)) {
          String digits = new String(in.readNBytes(MOST_DIGITS), StandardCharsets.US_ASCII);
          return OptionalLong.of(Long.parseLong(digits));
        }
      }
    } catch (IOException | NumberFormatException e) {
      LOG.debug("The size of a part is not known any more", e);
    }
    return OptionalLong.empty();
  }

  /** Whether a section is here. */
  boolean isHere(Section section) {
    return cache.has(section.name());
  }

  /**
   * Fetches sections together, as many as the cache can keep well; others come when they are read.
   *
   * @param deadline when to stop waiting
   * @return the names of those that cannot be had, and why
   */
  Map<String, BackendException> fetch(Collection<Section> sections, Instant deadline) {
    List<Section> ahead = new ArrayList<>();
    long octets = 0;
    for (Section section : sections) {
      octets += section.size();
      if (octets <= cache.budget() / 2) {
        ahead.add(section);
      }
    }
    return cache.obtain(
        ahead.stream().map(Section::name).toList(),
        Duration.between(clock.instant(), deadline),
        delivery -> downloads.fetch(ahead, deadline, delivery));
  }

  static Optional<BodyPart> find(BodyPart node, String partId) {
    if (node.partId().equals(Optional.of(partId))) {
      return Optional.of(node);
    }
    return node.subParts().stream().flatMap(child -> find(child, partId).stream()).findFirst();
  }
}
