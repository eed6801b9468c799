package org.jmapproxy.backend.imap.internal.command;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.connect.Connections;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapByeException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapConnectionLostException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.FolderDelta;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.sync.FolderRefresh;
import org.jmapproxy.backend.imap.internal.sync.Folders;
import org.jmapproxy.backend.imap.internal.sync.MessageLooks;
import org.jmapproxy.backend.imap.internal.sync.Replica;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.mail.capability.MailLimits;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailRules;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxRules;
import org.jmapproxy.mail.mailbox.MailboxTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every command on an account works with.
 *
 * @param replica what is known, and the lanes
 * @param connections the way to the server
 * @param folders what the server is like
 * @param refresh makes the folders of the replica those of the server
 * @param looks reads messages and folders from the server
 * @param mailboxReader reads Mailboxes from the replica
 * @param emailReader reads Emails from the replica
 */
public record Desk(
    Replica replica,
    Connections connections,
    Folders folders,
    FolderRefresh refresh,
    MessageLooks looks,
    ReadRole<Mailbox> mailboxReader,
    ReadRole<Email> emailReader) {

  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final Set<String> METADATA =
      Set.of("id", "blobId", "threadId", "mailboxIds", "keywords", "size", "receivedAt");

  ReplicaReader reader() {
    return replica.store().reader();
  }

  Clock clock() {
    return replica.clock();
  }

  /** The Mailboxes as they are now. */
  List<Mailbox> mailboxes(CallContext context) {
    return mailboxReader.read(context, ReadRequest.all(Set.of()));
  }

  MailboxRules mailboxRules(CallContext context) {
    return new MailboxRules(MailboxTree.of(mailboxes(context)), MailLimits.standard());
  }

  EmailRules emailRules(CallContext context) {
    Map<Id, Mailbox> byId =
        mailboxes(context).stream().collect(Collectors.toMap(Mailbox::id, Function.identity()));
    return new EmailRules(byId, MailLimits.standard());
  }

  /** The Emails that there are of these. */
  Map<Id, Email> emails(CallContext context, Collection<Id> ids) {
    Map<Id, Email> emails = new HashMap<>();
    emailReader
        .read(context, ReadRequest.of(List.copyOf(ids), METADATA))
        .forEach(email -> emails.put(email.id(), email));
    return emails;
  }

  /** The folder, after a first look at it: without one nobody knows what its UIDs mean. */
  StoredFolder seen(StoredFolder folder, Instant deadline) {
    if (folder.position().uidValidity() != 0 || !folder.holdsMessages()) {
      return folder;
    }
    try {
      looks.resync(List.of(folder.key()), Set.of(), deadline);
    } catch (ImapException e) {
      LOG.info("A folder cannot be looked at now: {}", e.getMessage());
    }
    return reader().folder(folder.key()).orElse(folder);
  }

  /** At Gmail, the folder that holds the messages of all labels. */
  Optional<StoredFolder> home() {
    return reader().folders().stream().filter(StoredFolder::holdsLabelled).findFirst();
  }

  /** Does work while nobody else changes or scans these folders. */
  <T> T inLanes(Collection<FolderKey> keys, Instant deadline, Supplier<T> work) {
    List<Long> lanes = keys.stream().map(FolderKey::value).distinct().toList();
    return replica.lanes().in(lanes, deadline, work);
  }

  /**
   * Works on the messages of a folder, which is selected and up to date. A connection that turns
   * out to be dead before the work begins is replaced once.
   */
  <T> T onFolder(StoredFolder folder, Instant deadline, Function<Link, T> work) {
    AtomicBoolean begun = new AtomicBoolean();
    Function<Link, T> prepared =
        link -> {
          folders.abilities(link);
          link.upToDateAs(folder.path(), folder.position().uidValidity());
          begun.set(true);
          return work.apply(link);
        };
    try {
      return connections.use(Optional.of(folder.path()), deadline, prepared);
    } catch (ImapConnectionLostException | ImapByeException e) {
      if (begun.get()) {
        throw e;
      }
      LOG.debug("A connection broke before it was used, another is taken", e);
      return connections.use(Optional.of(folder.path()), deadline, prepared);
    }
  }

  /** Commits what commands brought about. */
  void commit(List<FolderDelta> deltas) {
    if (!deltas.isEmpty()) {
      replica.apply(deltas);
    }
  }

  /** Tells of a transaction that a command made itself. */
  void publish(Committed committed) {
    replica.publisher().publish(committed);
  }
}
