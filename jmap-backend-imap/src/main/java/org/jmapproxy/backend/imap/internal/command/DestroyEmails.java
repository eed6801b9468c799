package org.jmapproxy.backend.imap.internal.command;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.DestroyOutcome.Destroyed;
import org.jmapproxy.core.spi.DestroyOutcome.NotDestroyed;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailRules;

/** Removes Emails from all folders for good. */
final class DestroyEmails {
  private final Desk desk;
  private final CallContext context;
  private final Deltas deltas = new Deltas();
  private final Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();

  DestroyEmails(Desk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  Map<Id, DestroyOutcome> run(Set<Id> ids) {
    Map<Id, Email> before = allowed(ids);
    if (!before.isEmpty()) {
      Map<FolderKey, StoredFolder> folders =
          folders(desk.reader().messages(before.keySet()).values());
      Optional<RuntimeException> failure =
          desk.inLanes(
              folders.keySet(), context.deadline(), () -> attempt(before.keySet(), folders));
      boolean isInDoubt = deltas.hasBegun() && failure.isPresent();
      if (!isInDoubt || new Aftermath(desk, context).findOut(folders.keySet(), before.keySet())) {
        judge(before, failure);
      } else {
        before.keySet().forEach(id -> outcomes.put(id, new NotDestroyed(Refusals.partial())));
      }
    }
    return outcomes;
  }

  private Map<Id, Email> allowed(Set<Id> ids) {
    Map<Id, Email> emails = desk.emails(context, ids);
    EmailRules rules = desk.emailRules(context);
    for (Id id : new LinkedHashSet<>(ids)) {
      Optional<SetError> refusal =
          Optional.ofNullable(emails.get(id))
              .map(rules::refuseDestruction)
              .orElseGet(() -> Optional.of(SetError.notFound()));
      refusal.ifPresent(
          error -> {
            outcomes.put(id, new NotDestroyed(error));
            emails.remove(id);
          });
    }
    return emails;
  }

  private Map<FolderKey, StoredFolder> folders(Collection<StoredMessage> messages) {
    Map<FolderKey, StoredFolder> folders = new HashMap<>();
    for (StoredMessage message : messages) {
      for (MessageCopy copy : message.copies()) {
        desk.reader().folder(copy.folder()).ifPresent(found -> folders.put(found.key(), found));
      }
    }
    if (desk.home().isPresent()) {
      desk.reader().folders().stream()
          .filter(folder -> folder.role().equals(Optional.of("trash")) && !folder.isLabel())
          .map(folder -> desk.seen(folder, context.deadline()))
          .forEach(folder -> folders.put(folder.key(), folder));
    }
    return folders;
  }

  private Optional<RuntimeException> attempt(Set<Id> ids, Map<FolderKey, StoredFolder> folders) {
    try {
      Optional<StoredFolder> home = desk.home();
      if (home.isPresent()) {
        new GmailMoves(desk, deltas, home.get(), context.deadline())
            .moveToTrash(desk.reader().messages(ids).values(), folders);
      }
      RemoveMessages removal = new RemoveMessages(desk, deltas);
      desk.reader()
          .messages(ids)
          .values()
          .forEach(message -> message.copies().forEach(removal::add));
      removal.run(folders, context.deadline());
      desk.commit(deltas.toList());
      return Optional.empty();
    } catch (ImapException | BackendException e) {
      return Optional.of(e);
    }
  }

  private void judge(Map<Id, Email> before, Optional<RuntimeException> failure) {
    Map<Id, Email> left = desk.emails(context, before.keySet());
    before.forEach((id, email) -> outcomes.put(id, outcome(email, left, failure)));
  }

  private static DestroyOutcome outcome(
      Email before, Map<Id, Email> left, Optional<RuntimeException> failure) {
    Email now = left.get(before.id());
    if (now == null) {
      return new Destroyed();
    }
    if (!now.mailboxIds().containsAll(before.mailboxIds())) {
      return new NotDestroyed(Refusals.partial());
    }
    return new NotDestroyed(
        failure
            .map(Refusals::toSetError)
            .orElseGet(() -> SetError.serverFail("The server did not remove the message")));
  }
}
