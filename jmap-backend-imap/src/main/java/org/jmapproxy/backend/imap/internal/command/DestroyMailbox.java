package org.jmapproxy.backend.imap.internal.command;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.DestroyOutcome.Destroyed;
import org.jmapproxy.core.spi.DestroyOutcome.NotDestroyed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes one Mailbox, with its messages if the client wants that. */
final class DestroyMailbox {
  private static final Logger LOG = LoggerFactory.getLogger(DestroyMailbox.class);

  private final Desk desk;
  private final CallContext context;

  DestroyMailbox(Desk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  /** The folder holds mail, perhaps some that the replica has not seen. */
  private static final class HasEmail extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  DestroyOutcome run(Id id, boolean removeEmails) {
    Optional<SetError> refusal = desk.mailboxRules(context).refuseDestruction(id, removeEmails);
    Optional<StoredFolder> folder = desk.reader().folder(id);
    if (refusal.isPresent() || folder.isEmpty()) {
      return new NotDestroyed(refusal.orElseGet(SetError::notFound));
    }
    Optional<SetError> failure = attempt(folder.get(), removeEmails);
    if (desk.reader().folder(id).isEmpty()) {
      return new Destroyed();
    }
    return new NotDestroyed(
        failure.orElseGet(
            () -> SetError.forbidden("The mail server has made the mailbox anew, and empty")));
  }

  private Optional<SetError> attempt(StoredFolder folder, boolean removeEmails) {
    try {
      desk.connections().forget(folder.path());
      desk.refresh().afterChange(Set.of(folder.key()), link -> delete(link, folder, removeEmails));
      return Optional.empty();
    } catch (HasEmail e) {
      return Optional.of(SetError.of("mailboxHasEmail"));
    } catch (ImapRefusedException e) {
      findOut(folder);
      return Optional.of(Refusals.toSetError(e));
    } catch (ImapException | BackendException e) {
      return Optional.of(findOut(folder) ? Refusals.toSetError(e) : Refusals.partial());
    }
  }

  private static Map<String, FolderKey> delete(
      Link link, StoredFolder folder, boolean removeEmails) {
    if (folder.isSelectable() && !removeEmails && holdsMail(link, folder)) {
      throw new HasEmail();
    }
    link.unselect();
    link.imap().mailboxes().delete(folder.path());
    if (folder.isSubscribed()) {
      unsubscribe(link, folder.path());
    }
    return Map.of();
  }

  private static void unsubscribe(Link link, String path) {
    try {
      link.imap().mailboxes().unsubscribe(path);
    } catch (ImapRefusedException e) {
      LOG.debug("The subscription went with the mailbox", e);
    }
  }

  private static boolean holdsMail(Link link, StoredFolder folder) {
    return link.select(folder.path()).exists() > 0
        && !link.imap().messages().search(SearchCriteria.all().deleted(false)).isEmpty();
  }

  private boolean findOut(StoredFolder folder) {
    try {
      desk.refresh().whole(Set.of(folder.key()));
      return true;
    } catch (ImapException | BackendException e) {
      LOG.info("What became of a mailbox cannot be found out now: {}", e.getMessage());
      return false;
    }
  }
}
