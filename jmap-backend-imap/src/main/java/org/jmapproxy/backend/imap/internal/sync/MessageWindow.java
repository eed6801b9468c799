package org.jmapproxy.backend.imap.internal.sync;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.store.Arrival;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.Preview;
import org.jmapproxy.mail.mime.PreviewPart;

/**
 * Messages of one folder as the server told of them, before they are understood. Filled on the
 * thread that reads the connection, turned into arrivals on another.
 */
final class MessageWindow {
  private static final BodyPart UNKNOWN_STRUCTURE =
      BodyPart.builder("text/plain").partId("1").build();

  /** As a rule a window has some 2 MiB; more only where a server sends enormous headers. */
  private static final long MOST_OCTETS = 16L << 20;

  private final Map<Long, Item> items = new HashMap<>();
  private final UidSet.Builder left = UidSet.builder();
  private long octets;

  /** One message: what was fetched of it so far. */
  private static final class Item {
    final FetchedMessage message;
    final BodyPart structure;
    final Optional<BodyPart> previewPart;
    Optional<String> preview = Optional.empty();
    byte[] text = new byte[0];

    Item(FetchedMessage message) {
      this.message = message;
      this.structure =
          message
              .bodyStructure()
              .map(root -> PartTree.of(root, message.header().orElseThrow()))
              .orElse(UNKNOWN_STRUCTURE);
      this.previewPart = PreviewPart.choose(structure);
    }
  }

  /** A message with its header, or another response with more of it. */
  void add(FetchedMessage message) {
    if (message.header().isEmpty()) {
      return;
    }
    if (!items.isEmpty() && octets + message.octets() > MOST_OCTETS) {
      left.add(message.uid());
    } else {
      octets += message.octets();
      items.put(message.uid(), new Item(message));
    }
  }

  /** Messages for which there was no room; they have to be read again. */
  UidSet left() {
    return left.build();
  }

  /** The server's own preview; an empty one, or one that it could not decode, tells nothing. */
  void addPreview(FetchedMessage message) {
    Item item = items.get(message.uid());
    if (item != null) {
      item.preview =
          message.preview().filter(text -> !text.isBlank() && text.indexOf('\uFFFD') < 0);
    }
  }

  /** How many messages have a preview of the server. */
  int previews() {
    return (int) items.values().stream().filter(item -> item.preview.isPresent()).count();
  }

  /** How many messages have none, although they have text. */
  int textsWithoutPreview() {
    return (int)
        items.values().stream()
            .filter(item -> item.preview.isEmpty() && item.previewPart.isPresent())
            .count();
  }

  /** The beginning of the part that the preview is made from. */
  void addText(FetchedMessage message, String section) {
    Item item = items.get(message.uid());
    if (item != null) {
      message.section(section).ifPresent(text -> item.text = text);
    }
  }

  /** Which messages still need the beginning of which part for their preview. */
  Map<String, UidSet> textsWanted() {
    Map<String, UidSet.Builder> bySection = new HashMap<>();
    items.forEach(
        (uid, item) -> {
          if (item.preview.isEmpty()) {
            item.previewPart
                .flatMap(BodyPart::partId)
                .ifPresent(
                    section ->
                        bySection.computeIfAbsent(section, key -> UidSet.builder()).add(uid));
          }
        });
    Map<String, UidSet> wanted = new HashMap<>();
    bySection.forEach((section, uids) -> wanted.put(section, uids.build()));
    return wanted;
  }

  UidSet uids() {
    return UidSet.of(items.keySet().stream().mapToLong(Long::longValue));
  }

  int size() {
    return items.size();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  /** How many octets of headers and texts are held. */
  long octets() {
    return items.values().stream()
        .mapToLong(item -> item.message.header().map(h -> h.length).orElse(0) + item.text.length)
        .sum();
  }

  /** The messages as the store takes them. */
  List<Arrival> arrivals(Clock clock) {
    List<Arrival> arrivals = new ArrayList<>(items.size());
    for (Item item : items.values()) {
      arrivals.add(arrival(item, clock));
    }
    return arrivals;
  }

  private static Arrival arrival(Item item, Clock clock) {
    FetchedMessage message = item.message;
    byte[] header = message.header().orElseThrow();
    return new Arrival(
        message.uid(),
        message.flags().orElseGet(Set::of),
        message.modSeq().orElse(0),
        message.internalDate().orElseGet(clock::instant),
        message.size().orElse(header.length),
        header,
        item.structure,
        preview(item),
        LearntIds.serverIds(message),
        message.gmailLabels().<Set<String>>map(Set::copyOf).orElseGet(Set::of));
  }

  private static String preview(Item item) {
    if (item.preview.isPresent()) {
      return Preview.ofText(item.preview.get());
    }
    return item.previewPart.map(part -> Preview.of(part, item.text)).orElse("");
  }

  @Override
  public String toString() {
    return new String(
        uids().toString().getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
  }
}
