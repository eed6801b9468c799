package org.jmapproxy.backend.imap.internal.body;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.MessageCommands;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/**
 * Sections of messages in one folder: one command for all messages of which the same sections are
 * wanted, and chunks for what is large. For one thread.
 */
final class FolderDownload {
  private static final long MOST_OCTETS = 1L << 30;

  /** A section beyond that comes in chunks. */
  private static final int AT_ONCE = 1 << 20;

  private static final int PER_MESSAGE = 2 * AT_ONCE;

  /** A command asks for no more, so that others get their turn on the server. */
  private static final long PER_COMMAND = 8L << 20;

  private final StoredFolder folder;
  private final Map<Long, List<Section>> byUid = new TreeMap<>();

  FolderDownload(StoredFolder folder) {
    this.folder = folder;
  }

  StoredFolder folder() {
    return folder;
  }

  void add(long uid, Section section) {
    byUid.computeIfAbsent(uid, u -> new ArrayList<>(1)).add(section);
  }

  /** Fetches what is still awaited; the folder is selected. Messages that are gone are left out. */
  void run(ImapConnection imap, Delivery delivery) {
    MessageCommands messages = imap.messages();
    Map<String, Map<Long, List<Section>>> together = new LinkedHashMap<>();
    Map<Long, List<Section>> large = new LinkedHashMap<>();
    Map<Long, List<Section>> contents = awaited(Section.Kind.CONTENT, delivery);
    contents.forEach(
        (uid, wanted) -> {
          if (isLarge(wanted)) {
            large.put(uid, wanted);
          } else {
            together.computeIfAbsent(names(wanted), n -> new LinkedHashMap<>()).put(uid, wanted);
          }
        });
    together.values().forEach(group -> fetch(messages, group, delivery));
    if (imap.capabilities().hasBinary()) {
      PartSizes.ask(messages, awaited(Section.Kind.SIZE, delivery), delivery);
    }
    large.forEach(
        (uid, sections) -> sections.forEach(section -> download(messages, uid, section, delivery)));
  }

  private Map<Long, List<Section>> awaited(Section.Kind kind, Delivery delivery) {
    Map<Long, List<Section>> awaited = new LinkedHashMap<>();
    byUid.forEach(
        (uid, all) -> {
          List<Section> wanted =
              all.stream().filter(s -> s.kind() == kind && delivery.isAwaited(s.name())).toList();
          if (!wanted.isEmpty()) {
            awaited.put(uid, wanted);
          }
        });
    return awaited;
  }

  private static boolean isLarge(List<Section> wanted) {
    return wanted.stream().anyMatch(section -> section.size() > AT_ONCE)
        || octets(wanted) > PER_MESSAGE;
  }

  private static long octets(List<Section> sections) {
    return sections.stream().mapToLong(Section::size).sum();
  }

  static String names(List<Section> sections) {
    return sections.stream().map(Section::section).sorted().collect(Collectors.joining(" "));
  }

  private static void fetch(
      MessageCommands messages, Map<Long, List<Section>> group, Delivery delivery) {
    UidSet.Builder uids = UidSet.builder();
    long octets = 0;
    boolean any = false;
    for (Map.Entry<Long, List<Section>> message : group.entrySet()) {
      if (any && octets + octets(message.getValue()) > PER_COMMAND) {
        fetch(messages, uids.build(), group, delivery);
        uids = UidSet.builder();
        octets = 0;
      }
      uids.add(message.getKey());
      octets += octets(message.getValue());
      any = true;
    }
    fetch(messages, uids.build(), group, delivery);
  }

  private static void fetch(
      MessageCommands messages, UidSet uids, Map<Long, List<Section>> group, Delivery delivery) {
    FetchRequest.Builder request = FetchRequest.builder().maxLiteral(PER_MESSAGE);
    group.values().iterator().next().forEach(section -> request.section(section.section()));
    for (UidSet chunk : uids.chunks(Integer.MAX_VALUE)) {
      messages.fetch(
          chunk,
          request.build(),
          message -> take(message, group.getOrDefault(message.uid(), List.of()), delivery));
    }
  }

  private static void take(FetchedMessage message, List<Section> wanted, Delivery delivery) {
    for (Section section : wanted) {
      message
          .section(section.section())
          .ifPresent(octets -> delivery.deliver(section.name(), section.encoding().decode(octets)));
    }
  }

  /** Fetches one section in chunks. */
  static void download(MessageCommands messages, long uid, Section section, Delivery delivery) {
    delivery.deliver(
        section.name(),
        out -> {
          try (var decoding = TransferDecoding.of(section.encoding(), new Unclosed(out))) {
            return messages
                .download(uid, section.section(), section.size(), MOST_OCTETS, decoding)
                .isPresent();
          }
        });
  }
}
