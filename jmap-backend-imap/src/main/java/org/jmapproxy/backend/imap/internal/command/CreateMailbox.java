package org.jmapproxy.backend.imap.internal.command;

import java.util.List;
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
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.CreateOutcome.Created;
import org.jmapproxy.core.spi.CreateOutcome.NotCreated;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates one Mailbox. */
final class CreateMailbox {
  private static final Logger LOG = LoggerFactory.getLogger(CreateMailbox.class);

  private final Desk desk;
  private final CallContext context;

  CreateMailbox(Desk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  CreateOutcome<Mailbox> run(MailboxCreation creation) {
    MailboxPaths paths = new MailboxPaths(desk);
    Optional<SetError> refusal =
        desk.mailboxRules(context)
            .refuseCreation(creation)
            .or(() -> paths.refuse(creation.parentId(), creation.name()));
    if (refusal.isPresent()) {
      return new NotCreated<>(refusal.get());
    }
    String path = paths.path(creation.parentId(), creation.name());
    Optional<SetError> failure;
    try {
      failure = attempt(path, creation);
    } catch (ImapRefusedException e) {
      findOut();
      return new NotCreated<>(Refusals.ofName(e, paths.mailboxAt(path)));
    }
    Optional<StoredFolder> folder = paths.folderAt(path);
    if (folder.isEmpty()) {
      return new NotCreated<>(
          failure.orElseGet(() -> SetError.serverFail("The server did not create the mailbox")));
    }
    return complete(folder.get(), creation);
  }

  private CreateOutcome<Mailbox> complete(StoredFolder folder, MailboxCreation creation) {
    try {
      keepWhatImapCannot(folder, creation);
      desk.seen(folder, context.deadline());
      return created(folder.mailboxId());
    } catch (BackendException e) {
      LOG.info("A new mailbox is on the server and not complete here: {}", e.getMessage());
      return new NotCreated<>(Refusals.partial());
    }
  }

  private Optional<SetError> attempt(String path, MailboxCreation creation) {
    try {
      desk.refresh().afterChange(Set.of(), link -> create(link, path, creation));
      return Optional.empty();
    } catch (ImapRefusedException e) {
      throw e;
    } catch (ImapException | BackendException e) {
      return Optional.of(findOut() ? Refusals.toSetError(e) : Refusals.partial());
    }
  }

  private static Map<String, FolderKey> create(Link link, String path, MailboxCreation creation) {
    MailboxCommands mailboxes = link.imap().mailboxes();
    Optional<String> use =
        creation.role().flatMap(role -> SpecialUse.of(role, link.imap().capabilities()));
    if (use.isEmpty() || !createForUse(mailboxes, path, use.get())) {
      mailboxes.create(path);
    }
    if (creation.isSubscribed()) {
      subscribe(mailboxes, path);
    }
    return Map.of();
  }

  /** Whether the server takes this use; not all take all (RFC 6154 section 3). */
  private static boolean createForUse(MailboxCommands mailboxes, String path, String use) {
    try {
      mailboxes.create(path, use);
      return true;
    } catch (ImapRefusedException e) {
      if (!e.code().name().equals("USEATTR")) {
        throw e;
      }
      LOG.debug("The role of a new mailbox is kept here", e);
      return false;
    }
  }

  private static void subscribe(MailboxCommands mailboxes, String path) {
    try {
      mailboxes.subscribe(path);
    } catch (ImapRefusedException e) {
      LOG.info("A new mailbox cannot be subscribed to: {}", e.getMessage());
    }
  }

  /** The answer was lost: the folder may be there all the same. */
  private boolean findOut() {
    try {
      desk.refresh().whole(Set.of());
      return true;
    } catch (ImapException | BackendException e) {
      LOG.info("What became of a new mailbox cannot be found out now: {}", e.getMessage());
      return false;
    }
  }

  private void keepWhatImapCannot(StoredFolder folder, MailboxCreation creation) {
    ReplicaWriter writer = desk.replica().store().writer();
    if (creation.sortOrder() != 0) {
      desk.publish(writer.setSortOrder(folder.mailboxId(), creation.sortOrder()));
    }
    if (!folder.role().equals(creation.role())) {
      desk.publish(writer.setRole(folder.mailboxId(), creation.role()));
    }
  }

  private CreateOutcome<Mailbox> created(Id mailboxId) {
    List<Mailbox> all = desk.mailboxes(context);
    return all.stream()
        .filter(mailbox -> mailbox.id().equals(mailboxId))
        .findFirst()
        .<CreateOutcome<Mailbox>>map(Created::new)
        .orElseGet(() -> new NotCreated<>(Refusals.partial()));
  }
}
