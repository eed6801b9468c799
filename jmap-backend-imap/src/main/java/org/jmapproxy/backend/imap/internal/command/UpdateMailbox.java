package org.jmapproxy.backend.imap.internal.command;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.MailboxCommands;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.ReplicaWriter;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.UpdateOutcome.NotUpdated;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxUpdate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renames, moves and subscribes one Mailbox, and keeps its role and sort order. */
final class UpdateMailbox {
  private static final Logger LOG = LoggerFactory.getLogger(UpdateMailbox.class);

  private final Desk desk;
  private final CallContext context;

  UpdateMailbox(Desk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  UpdateOutcome<Mailbox> run(MailboxUpdate update) {
    Optional<SetError> refusal = desk.mailboxRules(context).refuseUpdate(update);
    Optional<StoredFolder> folder = desk.reader().folder(update.id());
    if (refusal.isPresent() || folder.isEmpty()) {
      return new NotUpdated<>(refusal.orElseGet(SetError::notFound));
    }
    Optional<SetError> failure = changeOnServer(update, folder.get());
    if (failure.isPresent() && isElsewhere(folder.get())) {
      failure = changeOnServer(update, desk.reader().folder(update.id()).orElseThrow());
    }
    if (failure.isPresent()) {
      return new NotUpdated<>(failure.get());
    }
    changeHere(update);
    return UpdateOutcome.updated();
  }

  /** Another client had renamed it, which was found out when the server refused. */
  private boolean isElsewhere(StoredFolder folder) {
    return desk.reader()
        .folder(folder.key())
        .map(now -> !now.path().equals(folder.path()))
        .orElse(false);
  }

  private Optional<SetError> changeOnServer(MailboxUpdate update, StoredFolder folder) {
    MailboxPaths paths = new MailboxPaths(desk);
    Optional<Id> parentId = update.parentId().orElseGet(() -> parentOf(folder));
    String name = update.name().orElse(folder.name());
    boolean moves =
        update.moves() && !(parentId.equals(parentOf(folder)) && name.equals(folder.name()));
    boolean subscribes =
        update.isSubscribed().map(wanted -> wanted != folder.isSubscribed()).orElse(false);
    if (!moves && !subscribes) {
      return Optional.empty();
    }
    Optional<SetError> refusal = moves ? paths.refuse(parentId, name) : Optional.empty();
    if (refusal.isPresent()) {
      return refusal;
    }
    String path = moves ? paths.path(parentId, name) : folder.path();
    boolean subscribed = update.isSubscribed().orElse(folder.isSubscribed());
    return attempt(folder, path, subscribed);
  }

  private Optional<Id> parentOf(StoredFolder folder) {
    return folder.parent().flatMap(key -> desk.reader().folder(key)).map(StoredFolder::mailboxId);
  }

  private Optional<SetError> attempt(StoredFolder folder, String path, boolean subscribed) {
    try {
      desk.connections().forget(folder.path());
      desk.refresh().afterChange(Set.of(), link -> change(link, folder, path, subscribed));
      return Optional.empty();
    } catch (ImapException | BackendException e) {
      return findOut(folder, path, subscribed, e);
    }
  }

  private Map<String, FolderKey> change(
      Link link, StoredFolder folder, String path, boolean subscribed) {
    MailboxCommands mailboxes = link.imap().mailboxes();
    MailboxPaths paths = new MailboxPaths(desk);
    Map<String, FolderKey> renames = new HashMap<>();
    if (!path.equals(folder.path())) {
      link.unselect();
      mailboxes.rename(folder.path(), path);
      for (StoredFolder moved : withDescendants(folder)) {
        String newPath = paths.moved(moved.path(), folder.path(), path);
        renames.put(newPath, moved.key());
        if (moved.isSubscribed()) {
          takeSubscriptionAlong(mailboxes, moved.path(), newPath);
        }
      }
    }
    if (subscribed != folder.isSubscribed()) {
      if (subscribed) {
        mailboxes.subscribe(path);
      } else {
        mailboxes.unsubscribe(path);
      }
    }
    return renames;
  }

  private static void takeSubscriptionAlong(MailboxCommands mailboxes, String from, String to) {
    try {
      mailboxes.subscribe(to);
      mailboxes.unsubscribe(from);
    } catch (ImapRefusedException e) {
      LOG.info("The subscription to a renamed mailbox is lost: {}", e.getMessage());
    }
  }

  private Set<StoredFolder> withDescendants(StoredFolder folder) {
    Set<StoredFolder> all = new LinkedHashSet<>(Set.of(folder));
    String below = new MailboxPaths(desk).below(folder);
    desk.reader().folders().stream()
        .filter(other -> !other.key().equals(folder.key()) && other.path().startsWith(below))
        .forEach(all::add);
    return all;
  }

  /** What the server lists decides, whether it refused something or its answer was lost. */
  private Optional<SetError> findOut(
      StoredFolder folder, String path, boolean subscribed, RuntimeException failure) {
    try {
      desk.refresh().whole(Set.of());
    } catch (ImapException | BackendException e) {
      LOG.info("What became of a mailbox cannot be found out now: {}", e.getMessage());
      return Optional.of(
          failure instanceof ImapRefusedException
              ? refusal(folder, path, failure)
              : Refusals.partial());
    }
    Optional<StoredFolder> now = desk.reader().folder(folder.key());
    boolean moved = now.map(found -> found.path().equals(path)).orElse(false);
    boolean reached = moved && now.get().isSubscribed() == subscribed;
    if (reached) {
      return Optional.empty();
    }
    boolean half = moved && !path.equals(folder.path());
    return Optional.of(half ? Refusals.partial() : refusal(folder, path, failure));
  }

  private SetError refusal(StoredFolder folder, String path, RuntimeException failure) {
    return failure instanceof ImapRefusedException refusal && !path.equals(folder.path())
        ? Refusals.ofName(refusal, new MailboxPaths(desk).mailboxAt(path))
        : Refusals.toSetError(failure);
  }

  private void changeHere(MailboxUpdate update) {
    ReplicaWriter writer = desk.replica().store().writer();
    update.sortOrder().ifPresent(order -> desk.publish(writer.setSortOrder(update.id(), order)));
    update.role().ifPresent(role -> desk.publish(writer.setRole(update.id(), role)));
  }
}
