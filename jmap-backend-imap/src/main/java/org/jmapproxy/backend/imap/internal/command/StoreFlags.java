package org.jmapproxy.backend.imap.internal.command;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchRequest;
import org.jmapproxy.backend.imap.internal.protocol.fetch.FetchedMessage;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;

/**
 * Changes keywords of many messages with few STOREs: messages of one folder that get the same flags
 * go together. What the flags are afterwards is taken from the server's word.
 */
final class StoreFlags {
  private static final int MOST_AT_ONCE = 1000;

  private record Action(StoreMode mode, Set<String> flags) {}

  private final Desk desk;
  private final Deltas deltas;
  private final Map<Id, SetError> refused;
  private final Map<FolderKey, Map<Action, UidSet.Builder>> actions = new LinkedHashMap<>();
  private final Map<MessagePlace, Id> wanting = new HashMap<>();

  /** Where a copy is. */
  private record MessagePlace(FolderKey folder, long uid) {}

  /**
   * Has nothing to change yet.
   *
   * @param refused takes the Emails that the server did not want to change
   */
  StoreFlags(Desk desk, Deltas deltas, Map<Id, SetError> refused) {
    this.desk = desk;
    this.deltas = deltas;
    this.refused = refused;
  }

  /** Notes what an Email wants. Copies of it that differ in flags become alike. */
  void add(Goal goal, StoredMessage message) {
    boolean single = message.copies().size() == 1;
    Collection<String> added = single ? goal.keywordsAdded() : goal.keywordsAfter();
    for (MessageCopy copy : message.copies()) {
      wanting.put(new MessagePlace(copy.folder(), copy.uid()), goal.emailId());
      note(copy, StoreMode.ADD, added);
      note(copy, StoreMode.REMOVE, goal.keywordsRemoved());
    }
  }

  private void note(MessageCopy copy, StoreMode mode, Collection<String> keywords) {
    if (!keywords.isEmpty()) {
      actions
          .computeIfAbsent(copy.folder(), key -> new LinkedHashMap<>())
          .computeIfAbsent(new Action(mode, FlagNames.of(keywords)), key -> UidSet.builder())
          .add(copy.uid());
    }
  }

  void run(Map<FolderKey, StoredFolder> folders, Instant deadline) {
    actions.forEach(
        (key, wanted) -> {
          StoredFolder folder = folders.get(key);
          if (folder != null) {
            desk.onFolder(
                folder,
                deadline,
                link -> {
                  wanted.forEach((action, uids) -> store(link, key, action, uids.build()));
                  return key;
                });
          }
        });
  }

  private void store(Link link, FolderKey folder, Action action, UidSet uids) {
    for (UidSet chunk : uids.chunks(MOST_AT_ONCE)) {
      try {
        storeChunk(link, folder, action, chunk);
      } catch (ImapRefusedException e) {
        SetError error = Refusals.toSetError(e);
        chunk.stream().forEach(uid -> refuse(new MessagePlace(folder, uid), error));
      }
    }
  }

  private void refuse(MessagePlace place, SetError error) {
    Id id = wanting.get(place);
    if (id != null) {
      refused.put(id, error);
    }
  }

  private void storeChunk(Link link, FolderKey folder, Action action, UidSet chunk) {
    deltas.begin();
    Set<Long> told = new HashSet<>();
    for (FetchedMessage message :
        link.imap().messages().store(chunk, action.mode(), action.flags()).updates()) {
      if (message.flags().isPresent()) {
        deltas.flags(folder, message);
        told.add(message.uid());
      }
    }
    UidSet silent = chunk.minus(UidSet.of(told.stream().mapToLong(Long::longValue)));
    if (!silent.isEmpty()) {
      askFlags(link, folder, silent);
    }
  }

  private void askFlags(Link link, FolderKey folder, UidSet uids) {
    FetchRequest request = desk.folders().abilities(link).flags(link).build();
    UidSet there =
        link.imap().messages().fetch(uids, request, message -> deltas.flags(folder, message));
    deltas.departures(folder, uids.minus(there));
  }
}
