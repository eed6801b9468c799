package org.jmapproxy.backend.imap.internal.command;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.UpdateOutcome.NotUpdated;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailRules;
import org.jmapproxy.mail.email.EmailUpdate;

/**
 * Changes keywords and Mailboxes of Emails. Flags first, then new copies, removals last; what
 * became of each Email is read from the replica afterwards, which was brought in step if anything
 * failed.
 */
final class UpdateEmails {
  private final Desk desk;
  private final CallContext context;
  private final Deltas deltas = new Deltas();
  private final Map<Id, UpdateOutcome<Email>> outcomes = new LinkedHashMap<>();
  private final Set<Id> adapted = new HashSet<>();
  private final Map<Id, Goal> goals = new LinkedHashMap<>();
  private final Map<Id, SetError> refused = new HashMap<>();

  UpdateEmails(Desk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  Map<Id, UpdateOutcome<Email>> run(Map<Id, EmailUpdate> updates) {
    setGoals(updates);
    if (!goals.isEmpty()) {
      Map<Id, StoredMessage> messages = desk.reader().messages(goals.keySet());
      Map<FolderKey, StoredFolder> folders = folders(messages.values());
      Optional<RuntimeException> failure =
          desk.inLanes(
              folders.keySet(), context.deadline(), () -> attempt(messages.keySet(), folders));
      boolean isInDoubt = deltas.hasBegun() && (failure.isPresent() || !refused.isEmpty());
      if (!isInDoubt || new Aftermath(desk, context).findOut(folders.keySet(), goals.keySet())) {
        judge(failure);
      } else {
        goals.keySet().forEach(id -> outcomes.put(id, new NotUpdated<>(Refusals.partial())));
      }
    }
    return outcomes;
  }

  private void setGoals(Map<Id, EmailUpdate> updates) {
    Map<Id, Email> emails = desk.emails(context, updates.keySet());
    EmailRules rules = desk.emailRules(context);
    List<StoredFolder> gmail = desk.home().isPresent() ? desk.reader().folders() : List.of();
    updates.forEach(
        (id, update) -> {
          Email before = emails.get(id);
          if (before == null) {
            outcomes.put(id, new NotUpdated<>(SetError.notFound()));
            return;
          }
          GmailGoal wanted = GmailGoal.of(before, update, gmail);
          Optional<SetError> refusal = rules.refuseUpdate(before, update).or(wanted::refusal);
          Goal goal = wanted.goal();
          if (wanted.isAdapted()) {
            adapted.add(id);
          }
          if (refusal.isPresent()) {
            outcomes.put(id, new NotUpdated<>(refusal.get()));
          } else if (goal.isNothing()) {
            outcomes.put(id, updated(before));
          } else {
            goals.put(id, goal);
          }
        });
  }

  /** All folders that messages are in or go to. */
  private Map<FolderKey, StoredFolder> folders(Collection<StoredMessage> messages) {
    Map<FolderKey, StoredFolder> folders = new HashMap<>();
    for (StoredMessage message : messages) {
      for (MessageCopy copy : message.copies()) {
        desk.reader().folder(copy.folder()).ifPresent(found -> folders.put(found.key(), found));
      }
    }
    for (Goal goal : goals.values()) {
      for (Id mailboxId : goal.mailboxesAdded()) {
        desk.reader()
            .folder(mailboxId)
            .map(found -> desk.seen(found, context.deadline()))
            .ifPresent(found -> folders.put(found.key(), found));
      }
    }
    desk.home().ifPresent(home -> folders.put(home.key(), home));
    return folders;
  }

  private Optional<RuntimeException> attempt(Set<Id> ids, Map<FolderKey, StoredFolder> folders) {
    try {
      // Read again in the lanes: until now others may have changed what is where.
      Map<Id, StoredMessage> messages = desk.reader().messages(ids);
      storeFlags(messages, folders);
      Optional<StoredFolder> home = desk.home();
      if (home.isPresent()) {
        refused.putAll(
            new GmailMoves(desk, deltas, home.get(), context.deadline())
                .run(goals.values(), folders));
      } else {
        moveBetweenFolders(messages, folders);
      }
      desk.commit(deltas.toList());
      return Optional.empty();
    } catch (ImapException | BackendException e) {
      return Optional.of(e);
    }
  }

  private void storeFlags(Map<Id, StoredMessage> messages, Map<FolderKey, StoredFolder> folders) {
    StoreFlags flags = new StoreFlags(desk, deltas, refused);
    messages.forEach(
        (id, message) ->
            Optional.ofNullable(goals.get(id))
                .filter(Goal::changesKeywords)
                .ifPresent(goal -> flags.add(goal, message)));
    flags.run(folders, context.deadline());
  }

  private void moveBetweenFolders(
      Map<Id, StoredMessage> messages, Map<FolderKey, StoredFolder> folders) {
    boolean canMove = desk.folders().capabilities().hasMove();
    CopyMessages copies = new CopyMessages(desk, deltas);
    Set<Id> moved = new HashSet<>();
    for (Map.Entry<Id, StoredMessage> entry : messages.entrySet()) {
      Goal goal = goals.get(entry.getKey());
      if (goal != null && !goal.mailboxesAdded().isEmpty()) {
        Route route = route(goal, entry.getValue(), folders);
        if (canMove && route.isPlainMove()) {
          copies.move(goal.emailId(), route.source(), route.to().iterator().next());
          moved.add(goal.emailId());
        } else {
          route.to().forEach(to -> copies.copy(goal.emailId(), route.source(), to));
        }
      }
    }
    copies.run(folders, context.deadline());
    refused.putAll(copies.refused());
    remove(messages, moved, folders);
  }

  private void remove(
      Map<Id, StoredMessage> messages, Set<Id> moved, Map<FolderKey, StoredFolder> folders) {
    RemoveMessages removal = new RemoveMessages(desk, deltas);
    for (Map.Entry<Id, StoredMessage> entry : messages.entrySet()) {
      Goal goal = goals.get(entry.getKey());
      if (goal != null && !moved.contains(entry.getKey()) && !refused.containsKey(entry.getKey())) {
        entry.getValue().copies().stream()
            .filter(copy -> isIn(copy, goal.mailboxesRemoved(), folders))
            .forEach(removal::add);
      }
    }
    removal.run(folders, context.deadline());
  }

  /**
   * The way of one Email.
   *
   * @param isPlainMove whether it leaves its only folder for one other
   */
  private record Route(MessageCopy source, Set<FolderKey> to, boolean isPlainMove) {}

  private Route route(Goal goal, StoredMessage message, Map<FolderKey, StoredFolder> folders) {
    MessageCopy source =
        message.copies().stream()
            .filter(copy -> !copy.isDeleted())
            .findFirst()
            .orElseGet(() -> message.copies().get(0));
    Set<FolderKey> to = new HashSet<>();
    goal.mailboxesAdded()
        .forEach(id -> desk.reader().folder(id).ifPresent(found -> to.add(found.key())));
    boolean isPlainMove =
        message.copies().size() == 1
            && to.size() == 1
            && isIn(source, goal.mailboxesRemoved(), folders);
    return new Route(source, to, isPlainMove);
  }

  private static boolean isIn(
      MessageCopy copy, Set<Id> mailboxIds, Map<FolderKey, StoredFolder> folders) {
    return Optional.ofNullable(folders.get(copy.folder()))
        .map(folder -> mailboxIds.contains(folder.mailboxId()))
        .orElse(false);
  }

  private void judge(Optional<RuntimeException> failure) {
    Map<Id, Email> now = desk.emails(context, goals.keySet());
    goals.forEach(
        (id, goal) -> outcomes.put(id, outcome(goal, Optional.ofNullable(now.get(id)), failure)));
  }

  private UpdateOutcome<Email> updated(Email now) {
    return adapted.contains(now.id())
        ? new UpdateOutcome.Updated<>(Optional.of(now), Set.of("mailboxIds"))
        : UpdateOutcome.updated();
  }

  private UpdateOutcome<Email> outcome(
      Goal goal, Optional<Email> now, Optional<RuntimeException> failure) {
    if (now.isEmpty()) {
      return new NotUpdated<>(SetError.notFound());
    }
    if (goal.isReachedBy(now.get())) {
      return updated(now.get());
    }
    if (!goal.isUntouchedIn(now.get())) {
      return new NotUpdated<>(Refusals.partial());
    }
    SetError fallback =
        failure
            .map(Refusals::toSetError)
            .orElseGet(() -> SetError.serverFail("The server did not make the change"));
    return new NotUpdated<>(refused.getOrDefault(goal.emailId(), fallback));
  }
}
