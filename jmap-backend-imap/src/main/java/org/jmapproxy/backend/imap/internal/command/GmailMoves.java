package org.jmapproxy.backend.imap.internal.command;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;

/**
 * Puts messages into other Mailboxes at Gmail: labels are given and taken where the message is, in
 * All Mail; only the trash and spam are other places.
 */
final class GmailMoves {
  private static final String IMPORTANT = "\\Important";
  private static final int MOST_AT_ONCE = 500;

  private record Action(StoreMode mode, Set<String> labels) {}

  private final Desk desk;
  private final Deltas deltas;
  private final StoredFolder home;
  private final Instant deadline;

  GmailMoves(Desk desk, Deltas deltas, StoredFolder home, Instant deadline) {
    this.desk = desk;
    this.deltas = deltas;
    this.home = home;
    this.deadline = deadline;
  }

  /** What the goals want; the Emails that the server did not want to move, and why. */
  Map<Id, SetError> run(Collection<Goal> goals, Map<FolderKey, StoredFolder> folders) {
    Map<Id, SetError> refused = moveBetweenPlaces(goals, folders);
    Map<Id, StoredMessage> messages =
        desk.reader().messages(goals.stream().map(Goal::emailId).toList());
    Map<Action, UidSet.Builder> actions = new LinkedHashMap<>();
    for (Goal goal : goals) {
      Optional.ofNullable(messages.get(goal.emailId())).stream()
          .flatMap(message -> message.copies().stream())
          .filter(copy -> copy.folder().equals(home.key()))
          .forEach(
              copy -> {
                note(actions, StoreMode.ADD, labels(goal, true), copy);
                note(actions, StoreMode.REMOVE, labels(goal, false), copy);
              });
    }
    if (!actions.isEmpty()) {
      desk.onFolder(home, deadline, link -> store(link, actions));
    }
    return refused;
  }

  /** Moves everything to the trash, from where alone Gmail removes messages for good. */
  void moveToTrash(Collection<StoredMessage> messages, Map<FolderKey, StoredFolder> folders) {
    Optional<StoredFolder> trash =
        folders.values().stream()
            .filter(folder -> folder.role().equals(Optional.of("trash")) && !folder.isLabel())
            .findFirst();
    if (trash.isPresent()) {
      Deltas moved = new Deltas();
      CopyMessages copies = new CopyMessages(desk, moved);
      for (StoredMessage message : messages) {
        message.copies().stream()
            .filter(copy -> copy.folder().equals(home.key()))
            .forEach(copy -> copies.move(message.emailId(), copy, trash.get().key()));
      }
      deltas.begin();
      copies.run(folders, deadline);
      desk.commit(moved.toList());
    }
  }

  private Map<Id, SetError> moveBetweenPlaces(
      Collection<Goal> goals, Map<FolderKey, StoredFolder> folders) {
    Deltas moved = new Deltas();
    CopyMessages copies = new CopyMessages(desk, moved);
    Map<Id, StoredMessage> messages =
        desk.reader().messages(goals.stream().map(Goal::emailId).toList());
    for (Goal goal : goals) {
      for (MessageCopy copy :
          Optional.ofNullable(messages.get(goal.emailId()))
              .map(StoredMessage::copies)
              .orElseGet(List::of)) {
        place(goal, folders)
            .filter(to -> !goal.mailboxesAdded().isEmpty() && !to.equals(copy.folder()))
            .ifPresent(to -> copies.move(goal.emailId(), copy, to));
      }
    }
    deltas.begin();
    copies.run(folders, deadline);
    desk.commit(moved.toList());
    return copies.refused();
  }

  /** The folder that is to hold an Email. */
  private Optional<FolderKey> place(Goal goal, Map<FolderKey, StoredFolder> folders) {
    Set<FolderKey> places = new HashSet<>();
    for (StoredFolder folder : folders.values()) {
      if (goal.mailboxesAdded().contains(folder.mailboxId())) {
        places.add(folder.isLabel() ? home.key() : folder.key());
      }
    }
    return places.stream()
        .filter(place -> !place.equals(home.key()))
        .findFirst()
        .or(() -> places.stream().findFirst());
  }

  private Set<String> labels(Goal goal, boolean added) {
    Set<String> labels = new HashSet<>();
    for (Id mailboxId : added ? goal.mailboxesAdded() : goal.mailboxesRemoved()) {
      desk.reader()
          .folder(mailboxId)
          .filter(StoredFolder::isLabel)
          .flatMap(StoredFolder::label)
          .ifPresent(labels::add);
    }
    if ((added ? goal.keywordsAdded() : goal.keywordsRemoved()).contains("$important")) {
      labels.add(IMPORTANT);
    }
    return labels;
  }

  private static void note(
      Map<Action, UidSet.Builder> actions, StoreMode mode, Set<String> labels, MessageCopy copy) {
    if (!labels.isEmpty()) {
      actions.computeIfAbsent(new Action(mode, labels), key -> UidSet.builder()).add(copy.uid());
    }
  }

  private Link store(Link link, Map<Action, UidSet.Builder> actions) {
    Map<Action, UidSet> wanted = new HashMap<>();
    actions.forEach((action, uids) -> wanted.put(action, uids.build()));
    deltas.begin();
    UidSet touched = UidSet.EMPTY;
    for (Map.Entry<Action, UidSet> action : wanted.entrySet()) {
      touched = touched.union(action.getValue());
      for (UidSet chunk : action.getValue().chunks(MOST_AT_ONCE)) {
        link.imap().messages().storeLabels(chunk, action.getKey().mode(), action.getKey().labels());
      }
    }
    link.imap()
        .messages()
        .fetch(
            touched,
            desk.folders().abilities(link).flags(link).build(),
            message -> deltas.flags(home.key(), message));
    return link;
  }
}
