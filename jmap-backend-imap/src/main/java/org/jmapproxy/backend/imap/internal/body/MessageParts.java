package org.jmapproxy.backend.imap.internal.body;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.core.blob.Blob;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.ParsedContent;
import org.jmapproxy.mail.mime.BodyPart;
import org.jspecify.annotations.Nullable;

/**
 * One message and its parts: read out of the whole message if that is small or here, else each part
 * for itself. For one thread.
 */
final class MessageParts {
  private static final String MESSAGE = "message/rfc822";

  private final MessageBodies bodies;
  private final Id blobId;
  private final long size;
  private final BodyPart structure;
  private @Nullable ParsedContent parsed;

  MessageParts(MessageBodies bodies, Id blobId, long size, BodyPart structure) {
    this.bodies = bodies;
    this.blobId = blobId;
    this.size = size;
    this.structure = structure;
  }

  /** The message. */
  Section whole() {
    return Section.whole(blobId, size);
  }

  /** Whether the message is read as a whole. */
  boolean isReadWhole() {
    return parsed != null || bodies.isReadWhole(blobId, size);
  }

  /** What of the message must be here so that a part can be read. */
  Optional<Section> needed(String partId) {
    return isReadWhole() ? Optional.of(whole()) : section(partId);
  }

  /** The decoded content of a part. */
  Optional<Blob> part(String partId) {
    Optional<BodyPart> part = MessageBodies.find(structure, partId);
    if (part.isEmpty()) {
      return Optional.empty();
    }
    return (isReadWhole() ? within(part.get()) : Optional.<Blob>empty())
        .or(() -> section(partId).map(section -> bodies.blob(part.get().type(), section)));
  }

  /** How long the decoded content of a part is, as far as that can be told without fetching. */
  OptionalLong size(String partId) {
    boolean here = needed(partId).filter(bodies::isHere).isPresent();
    return here
        ? part(partId).map(blob -> OptionalLong.of(blob.size())).orElse(OptionalLong.empty())
        : section(partId)
            .map(section -> bodies.noted(section.itsSize()))
            .orElse(OptionalLong.empty());
  }

  /** The notes of sizes that are to be made, as nothing else tells them. */
  List<Section> sizeNotes(Set<String> partIds) {
    return isReadWhole()
        ? List.of()
        : partIds.stream()
            .flatMap(partId -> section(partId).stream())
            .filter(section -> !bodies.isHere(section))
            .map(Section::itsSize)
            .filter(note -> !bodies.isHere(note))
            .toList();
  }

  /** Parts that are short enough to be fetched for their size alone. */
  List<Section> toBeCounted(Set<String> partIds, Map<String, BackendException> failures) {
    return sizeNotes(partIds).stream()
        .filter(note -> failures.containsKey(note.name()))
        .flatMap(note -> section(note.section()).stream())
        .filter(section -> section.size() <= MessageBodies.SMALL)
        .toList();
  }

  /** The message, taken apart. */
  ParsedContent parsed() {
    ParsedContent content = parsed;
    if (content == null) {
      content = ParsedContent.of(message());
      parsed = content;
    }
    return content;
  }

  /** What is in memory already is not looked for again. */
  private Blob message() {
    Octets octets = bodies.octets(whole());
    return octets instanceof Octets.Held
        ? new CachedBlob(MESSAGE, () -> octets)
        : bodies.blob(MESSAGE, whole());
  }

  /** A part where the server and we do not see the same one is left to the server. */
  private Optional<Blob> within(BodyPart part) {
    ParsedContent content = parsed();
    return part.partId()
        .flatMap(content::find)
        .filter(found -> found.body().length() == part.size())
        .flatMap(found -> found.part().partId().flatMap(content::part));
  }

  private Optional<Section> section(String partId) {
    return MessageBodies.find(structure, partId).flatMap(part -> Section.part(blobId, part));
  }
}
