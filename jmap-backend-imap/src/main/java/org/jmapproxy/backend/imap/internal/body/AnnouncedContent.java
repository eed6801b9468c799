package org.jmapproxy.backend.imap.internal.body;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.mail.email.ContentRequest;
import org.jmapproxy.mail.email.ContentRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailContent;

/** Fetches what a call is about to read of its Emails' messages, together. Thread-safe. */
public final class AnnouncedContent implements ContentRole {
  private final MessageBodies bodies;

  /** Fetches messages into the cache of bodies. */
  public AnnouncedContent(MessageBodies bodies) {
    this.bodies = bodies;
  }

  @Override
  public Map<Id, EmailContent> prepare(CallContext context, List<ContentRequest> requests) {
    Map<ContentRequest, MessageParts> messages = new LinkedHashMap<>();
    Map<ContentRequest, Set<Section>> needed = new LinkedHashMap<>();
    for (ContentRequest request : requests) {
      Email email = request.email();
      MessageParts parts =
          new MessageParts(
              bodies, email.blobId(), email.size(), email.bodyStructure().orElseThrow());
      messages.put(request, parts);
      needed.put(request, needed(request, parts));
    }
    Set<Section> all = new LinkedHashSet<>();
    needed.values().forEach(all::addAll);
    messages.forEach((request, parts) -> all.addAll(parts.sizeNotes(request.sizes())));
    Map<String, BackendException> failures = bodies.fetch(all, context.deadline());
    fetchForSizes(messages, failures, context.deadline());
    Map<Id, EmailContent> contents = new LinkedHashMap<>();
    messages.forEach(
        (request, parts) ->
            contents.put(
                request.email().id(),
                new FetchedContent(
                    parts, failure(needed.getOrDefault(request, Set.of()), failures))));
    return contents;
  }

  /** Where the server does not tell sizes, short parts are fetched to be counted. */
  private void fetchForSizes(
      Map<ContentRequest, MessageParts> messages,
      Map<String, BackendException> failures,
      Instant deadline) {
    Set<Section> more = new LinkedHashSet<>();
    messages.forEach((request, parts) -> more.addAll(parts.toBeCounted(request.sizes(), failures)));
    if (!more.isEmpty()) {
      bodies.fetch(more, deadline);
    }
  }

  private static Set<Section> needed(ContentRequest request, MessageParts parts) {
    Set<Section> needed = new LinkedHashSet<>();
    request.parts().forEach(partId -> parts.needed(partId).ifPresent(needed::add));
    boolean whole = request.headers() || (!request.sizes().isEmpty() && parts.isReadWhole());
    if (whole) {
      needed.add(parts.whole());
    }
    return needed;
  }

  private static Optional<BackendException> failure(
      Set<Section> needed, Map<String, BackendException> failures) {
    return needed.stream()
        .map(section -> failures.get(section.name()))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
