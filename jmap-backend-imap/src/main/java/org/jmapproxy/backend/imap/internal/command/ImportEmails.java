package org.jmapproxy.backend.imap.internal.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jmapproxy.backend.imap.internal.protocol.CopiedUids;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapException;
import org.jmapproxy.backend.imap.internal.store.CopiedFrom;
import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.MessageCopy;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.backend.imap.internal.store.StoredMessage;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.CreateOutcome.Created;
import org.jmapproxy.core.spi.CreateOutcome.NotCreated;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailRules;
import org.jmapproxy.mail.email.NewEmail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores new messages: APPEND to one folder, COPY to the others. A message that turns out to be an
 * Email which is there already is taken out again and answered with {@code alreadyExists}.
 */
final class ImportEmails {
  private static final Logger LOG = LoggerFactory.getLogger(ImportEmails.class);
  private static final Duration AT_LEAST = Duration.ofSeconds(10);

  private final Desk desk;
  private final CallContext context;
  private final Map<String, CreateOutcome<Email>> outcomes = new LinkedHashMap<>();
  private final Map<String, Map<FolderKey, Long>> stored = new LinkedHashMap<>();
  private final Set<FolderKey> unclear = new HashSet<>();

  ImportEmails(Desk desk, CallContext context) {
    this.desk = desk;
    this.context = context;
  }

  Map<String, CreateOutcome<Email>> run(Map<String, NewEmail> creations) {
    EmailRules rules = desk.emailRules(context);
    Map<String, NewEmail> allowed = new LinkedHashMap<>();
    creations.forEach(
        (creationId, email) -> {
          Optional<SetError> refusal = rules.refuseCreation(email);
          refusal.ifPresent(error -> outcomes.put(creationId, new NotCreated<>(error)));
          if (refusal.isEmpty()) {
            allowed.put(creationId, email);
          }
        });
    Map<FolderKey, StoredFolder> folders = folders(allowed);
    if (!allowed.isEmpty()) {
      desk.inLanes(folders.keySet(), context.deadline(), () -> storeAll(allowed, folders));
      if (!unclear.isEmpty()) {
        tryToShow(unclear);
      }
    }
    return outcomes;
  }

  private Map<FolderKey, StoredFolder> folders(Map<String, NewEmail> creations) {
    Stream<StoredFolder> wanted =
        creations.values().stream()
            .flatMap(email -> email.mailboxIds().stream())
            .distinct()
            .flatMap(id -> desk.reader().folder(id).stream());
    return Stream.concat(wanted, desk.home().stream())
        .distinct()
        .map(folder -> desk.seen(folder, context.deadline()))
        .collect(Collectors.toMap(StoredFolder::key, folder -> folder));
  }

  private boolean storeAll(Map<String, NewEmail> creations, Map<FolderKey, StoredFolder> folders) {
    creations.forEach(
        (creationId, email) -> {
          try {
            store(creationId, email, folders);
          } catch (ImapException | BackendException e) {
            boolean begun = stored.remove(creationId) != null;
            if (begun || e instanceof OutcomeUnknownException) {
              outcomes.put(creationId, new NotCreated<>(Refusals.partial()));
              unclear.addAll(folders.keySet());
            } else {
              outcomes.put(creationId, new NotCreated<>(error(e)));
            }
          }
        });
    try {
      readBack(folders);
      answer(folders);
    } catch (ImapException | BackendException e) {
      LOG.info("What was stored cannot be read back now: {}", e.getMessage());
      stored.keySet().forEach(id -> outcomes.putIfAbsent(id, new NotCreated<>(Refusals.partial())));
      unclear.addAll(folders.keySet());
    }
    return true;
  }

  private static SetError error(RuntimeException failure) {
    return failure instanceof ImapException refusal
        ? Refusals.ofDestination(refusal)
        : Refusals.toSetError(failure);
  }

  /** What is there although it could not be answered for appears in the replica, if possible. */
  private void tryToShow(Set<FolderKey> folders) {
    try {
      Instant soon = desk.clock().instant().plus(AT_LEAST);
      Instant deadline = context.deadline().isAfter(soon) ? context.deadline() : soon;
      desk.looks().resync(folders, Set.of(), deadline);
    } catch (ImapException | BackendException e) {
      LOG.info("A folder cannot be looked at now: {}", e.getMessage());
    }
  }

  private void store(String creationId, NewEmail email, Map<FolderKey, StoredFolder> folders) {
    List<StoredFolder> into =
        folders.values().stream()
            .filter(folder -> email.mailboxIds().contains(folder.mailboxId()))
            .sorted(Comparator.comparing(StoredFolder::path))
            .toList();
    Optional<StoredFolder> home = desk.home();
    if (home.isPresent() && into.stream().allMatch(GmailImport::isInHome)) {
      long kept = new GmailImport(desk, home.get(), context.deadline()).run(into, email);
      stored.put(creationId, new LinkedHashMap<>(Map.of(home.get().key(), kept)));
      return;
    }
    StoredFolder first = into.get(0);
    Map<FolderKey, Long> places = new LinkedHashMap<>();
    long uid = new AppendMessage(desk, context.deadline()).run(first, email);
    places.put(first.key(), uid);
    stored.put(creationId, places);
    for (StoredFolder other : into.subList(1, into.size())) {
      places.put(other.key(), copy(first, uid, other));
    }
  }

  private long copy(StoredFolder from, long uid, StoredFolder to) {
    Optional<CopiedUids> copied =
        desk.onFolder(
            from,
            context.deadline(),
            link -> link.imap().messages().copy(UidSet.of(uid), to.path()));
    return copied
        .map(uids -> uids.destinations().getOrDefault(uid, 0L))
        .filter(found -> found > 0)
        .orElseGet(() -> newest(to));
  }

  private long newest(StoredFolder folder) {
    long from = Math.max(1, folder.position().uidNext());
    UidSet unknown =
        desk.onFolder(
                folder,
                context.deadline(),
                link -> link.imap().messages().search(SearchCriteria.all().uids(UidSet.from(from))))
            .minus(UidSet.range(1, from - 1));
    if (unknown.isEmpty()) {
      throw new BackendException(
          BackendException.Reason.UNAVAILABLE, "The server does not show the copy of a message");
    }
    return unknown.last();
  }

  /** Reads everything that was stored, folder by folder, and commits it in one transaction. */
  private void readBack(Map<FolderKey, StoredFolder> folders) {
    Map<FolderKey, UidSet> arrived = new LinkedHashMap<>();
    stored
        .values()
        .forEach(
            places ->
                places.forEach((key, uid) -> arrived.merge(key, UidSet.of(uid), UidSet::union)));
    Deltas deltas = new Deltas();
    folders.values().stream()
        .filter(folder -> arrived.containsKey(folder.key()))
        .sorted(Comparator.comparing(StoredFolder::path))
        .forEach(folder -> read(folder, arrived.getOrDefault(folder.key(), UidSet.EMPTY), deltas));
    stored.values().forEach(places -> noteOrigins(places, deltas));
    desk.commit(deltas.toList());
  }

  /** The first place is where the message was appended; the others were copied from there. */
  private static void noteOrigins(Map<FolderKey, Long> places, Deltas deltas) {
    Map.Entry<FolderKey, Long> first = places.entrySet().iterator().next();
    CopiedFrom original = new CopiedFrom(first.getKey(), first.getValue());
    places.forEach(
        (folder, uid) -> {
          if (!folder.equals(first.getKey())) {
            deltas.origin(folder, uid, original);
          }
        });
  }

  private void read(StoredFolder folder, UidSet uids, Deltas deltas) {
    try {
      desk.onFolder(
          folder,
          context.deadline(),
          link -> {
            deltas.arrivals(folder.key(), desk.looks().arrivals(link, uids));
            return folder;
          });
    } catch (ImapException | BackendException e) {
      stored.forEach(
          (creationId, places) -> {
            if (places.containsKey(folder.key())) {
              outcomes.put(creationId, new NotCreated<>(Refusals.partial()));
            }
          });
      stored.values().removeIf(places -> places.containsKey(folder.key()));
      unclear.add(folder.key());
    }
  }

  private void answer(Map<FolderKey, StoredFolder> folders) {
    Map<String, Id> ids = new LinkedHashMap<>();
    stored.forEach((creationId, places) -> idOf(places).ifPresent(id -> ids.put(creationId, id)));
    Map<Id, StoredMessage> messages = desk.reader().messages(ids.values());
    Map<Id, Email> emails = desk.emails(context, ids.values());
    Set<Id> taken = new HashSet<>();
    Deltas deltas = new Deltas();
    RemoveMessages removal = new RemoveMessages(desk, deltas);
    stored.forEach(
        (creationId, places) -> {
          Optional<Email> email =
              Optional.ofNullable(ids.get(creationId))
                  .flatMap(id -> Optional.ofNullable(emails.get(id)));
          if (email.isEmpty()) {
            outcomes.put(creationId, new NotCreated<>(Refusals.partial()));
          } else if (isOlder(email.get().id(), messages, taken)) {
            if (desk.home().isEmpty()) {
              places.forEach(removal::add);
            }
            outcomes.put(
                creationId, new NotCreated<>(SetError.alreadyExists(email.get().id().value())));
          } else {
            outcomes.put(creationId, new Created<>(email.get()));
          }
          email.map(Email::id).ifPresent(taken::add);
        });
    removal.run(folders, context.deadline());
    desk.commit(deltas.toList());
  }

  private Optional<Id> idOf(Map<FolderKey, Long> places) {
    Map.Entry<FolderKey, Long> place = places.entrySet().iterator().next();
    return Optional.ofNullable(
        desk.reader().emailIds(place.getKey(), UidSet.of(place.getValue())).get(place.getValue()));
  }

  /** Whether an Email was there before this call, or comes from an earlier creation of it. */
  private boolean isOlder(Id emailId, Map<Id, StoredMessage> messages, Set<Id> taken) {
    if (taken.contains(emailId)) {
      return true;
    }
    Set<MessageCopy> ours =
        Optional.ofNullable(messages.get(emailId)).stream()
            .flatMap(message -> message.copies().stream())
            .filter(this::isStoredNow)
            .collect(Collectors.toSet());
    return Optional.ofNullable(messages.get(emailId))
        .map(message -> message.copies().size() > ours.size())
        .orElse(false);
  }

  private boolean isStoredNow(MessageCopy copy) {
    return stored.values().stream()
        .anyMatch(places -> places.getOrDefault(copy.folder(), 0L) == copy.uid());
  }
}
