package org.jmapproxy.backend.imap.internal.body;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.protocol.MessageCommands;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;

/** Asks a server that decodes parts how long they are (BINARY, RFC 3516). */
final class PartSizes {
  private PartSizes() {}

  /**
   * One command for all messages of which the same parts are asked. A server refuses a command with
   * a part that it cannot decode: then each message is asked for itself, and that one goes without.
   */
  static void ask(MessageCommands messages, Map<Long, List<Section>> byUid, Delivery delivery) {
    Map<String, Map<Long, List<Section>>> together = new LinkedHashMap<>();
    byUid.forEach(
        (uid, wanted) ->
            together
                .computeIfAbsent(FolderDownload.names(wanted), n -> new LinkedHashMap<>())
                .put(uid, wanted));
    for (Map<Long, List<Section>> group : together.values()) {
      if (!isAnswered(messages, group, delivery) && group.size() > 1) {
        group.forEach((uid, wanted) -> isAnswered(messages, Map.of(uid, wanted), delivery));
      }
    }
  }

  private static boolean isAnswered(
      MessageCommands messages, Map<Long, List<Section>> group, Delivery delivery) {
    FetchRequest.Builder request = FetchRequest.builder();
    group.values().iterator().next().forEach(section -> request.binarySize(section.section()));
    UidSet.Builder uids = UidSet.builder();
    group.keySet().stream().sorted().forEach(uids::add);
    try {
      for (UidSet chunk : uids.build().chunks(Integer.MAX_VALUE)) {
        messages.fetch(
            chunk,
            request.build(),
            message -> take(message, group.getOrDefault(message.uid(), List.of()), delivery));
      }
      return true;
    } catch (ImapException e) {
      if (e.closesConnection()) {
        throw e;
      }
      return false;
    }
  }

  private static void take(FetchedMessage message, List<Section> wanted, Delivery delivery) {
    for (Section section : wanted) {
      message
          .binarySize(section.section())
          .ifPresent(
              octets ->
                  delivery.deliver(
                      section.name(), Long.toString(octets).getBytes(StandardCharsets.US_ASCII)));
    }
  }
}
