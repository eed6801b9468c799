package org.jmapproxy.backend.imap.internal.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.store.FlagChange;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the flags of a folder's messages in step with the server: those that SELECT told of, else
 * those that changed since a mod-sequence, else all. Used by one thread at a time.
 */
final class FlagLook {
  private static final Logger LOG = LoggerFactory.getLogger(FlagLook.class);
  private static final Duration LANE_PATIENCE = Duration.ofMinutes(2);
  private static final int WINDOW = 2000;

  private final Replica replica;
  private final ServerAbilities abilities;

  FlagLook(Replica replica, ServerAbilities abilities) {
    this.replica = replica;
    this.abilities = abilities;
  }

  /**
   * Stores changed flags, but for messages that get {@code \\Deleted} now: clients lose sight of
   * them as if they were gone.
   *
   * @param justRead messages whose flags were read a moment ago. Others may be as new: a client has
   *     stored them here, and others may have changed their flags since
   * @return the flags of messages that are to be hidden
   */
  List<FlagChange> read(
      Link link,
      FolderKey folder,
      FolderPosition position,
      Differences.Opened opened,
      UidSet justRead) {
    List<FlagChange> hiding = new ArrayList<>();
    if (opened.differences().isPresent()) {
      List<FlagChange> told = opened.differences().get().flags();
      for (int i = 0; i < told.size(); i += WINDOW) {
        List<FlagChange> window = told.subList(i, Math.min(told.size(), i + WINDOW));
        inLane(folder, () -> store(folder, window, hiding));
      }
      return hiding;
    }
    long highest = opened.selected().highestModSeq().orElse(0);
    if (highest > 0 && highest == position.highestModSeq()) {
      return hiding;
    }
    if (highest < position.highestModSeq()) {
      LOG.info("Mod-sequences of a folder of {} begin anew", replica.store().accountId());
      replica.store().writer().forgetModSeqs(folder);
    }
    UidSet known = replica.store().reader().uids(folder).minus(justRead);
    if (known.isEmpty()) {
      return hiding;
    }
    if (position.highestModSeq() > 0 && highest > position.highestModSeq()) {
      UidSet span = UidSet.range(known.first(), known.last());
      FetchRequest changed = abilities.flags(link).changedSince(position.highestModSeq()).build();
      scan(link, folder, span, changed, hiding);
    } else {
      known
          .chunks(WINDOW)
          .forEach(window -> scan(link, folder, window, abilities.flags(link).build(), hiding));
    }
    return hiding;
  }

  private void scan(
      Link link, FolderKey folder, UidSet uids, FetchRequest request, List<FlagChange> hiding) {
    inLane(
        folder,
        () -> {
          List<FlagChange> changes = new ArrayList<>();
          link.imap()
              .messages()
              .fetch(
                  uids,
                  request,
                  message -> {
                    FlagChange.of(message).ifPresent(changes::add);
                    if (changes.size() >= WINDOW) {
                      store(folder, changes, hiding);
                      changes.clear();
                    }
                  });
          return store(folder, changes, hiding);
        });
  }

  private int store(FolderKey folder, List<FlagChange> changes, List<FlagChange> hiding) {
    UidSet hidden = newlyDeleted(folder, changes);
    List<FlagChange> others = new ArrayList<>();
    changes.forEach(change -> (hidden.contains(change.uid()) ? hiding : others).add(change));
    if (!others.isEmpty()) {
      replica.apply(FolderDelta.of(folder).withFlagChanges(others));
    }
    return changes.size();
  }

  private UidSet newlyDeleted(FolderKey folder, List<FlagChange> changes) {
    UidSet deleted =
        UidSet.of(
            changes.stream()
                .filter(change -> change.flags().stream().anyMatch("\\Deleted"::equalsIgnoreCase))
                .mapToLong(FlagChange::uid));
    if (deleted.isEmpty()) {
      return deleted;
    }
    ReplicaReader known = replica.store().reader();
    return UidSet.of(
        known.messages(known.emailIds(folder, deleted).values()).values().stream()
            .flatMap(message -> message.copies().stream())
            .filter(copy -> copy.folder().equals(folder) && !copy.isDeleted())
            .mapToLong(MessageCopy::uid)
            .filter(deleted::contains));
  }

  private <T> T inLane(FolderKey folder, Supplier<T> work) {
    Instant deadline = replica.clock().instant().plus(LANE_PATIENCE);
    return replica.lanes().in(List.of(folder.value()), deadline, work);
  }
}
