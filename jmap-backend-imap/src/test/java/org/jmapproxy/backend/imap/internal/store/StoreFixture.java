package org.jmapproxy.backend.imap.internal.store;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.sqlite.SqliteAccountStores;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxRights;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.thread.EmailThread;
import org.jmapproxy.mail.thread.ThreadType;

/** A store with folders to play with, and the questions that clients ask of it. */
final class StoreFixture implements AutoCloseable {

  static final Id ACCOUNT = Id.of("someone");
  static final CallContext CONTEXT = new CallContext(Principal.of("x"), ACCOUNT, Instant.MAX);
  static final Set<String> METADATA =
      Set.of("id", "threadId", "mailboxIds", "keywords", "receivedAt", "size", "preview");

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

  private final SqliteAccountStores stores;
  private final Map<String, ListedFolder> folders = new LinkedHashMap<>();
  private Instant now = START;
  private AccountStore store;
  private Roles roles;

  StoreFixture(Path directory) {
    this(directory, new SplittableRandom(7));
  }

  StoreFixture(Path directory, RandomGenerator random) {
    stores = new SqliteAccountStores(directory, clock(), random, Runnable::run);
    store = stores.open(ACCOUNT);
    roles = rolesOf(store);
  }

  SqliteAccountStores stores() {
    return stores;
  }

  AccountStore store() {
    return store;
  }

  ReplicaWriter writer() {
    return store.writer();
  }

  ReplicaReader reader() {
    return store.reader();
  }

  Roles roles() {
    return roles;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Clock clock() {
    InstantSource source = () -> now;
    return source.withZone(ZoneOffset.UTC);
  }

  void reopen() {
    store.close();
    store = stores.open(ACCOUNT);
    roles = rolesOf(store);
  }

  /** Adds a folder to what LIST tells, and applies it. */
  FolderKey folder(String path) {
    return folder(path, Optional.empty());
  }

  FolderKey folder(String path, Optional<String> role) {
    list(listed(path, role, FolderEvidence.none()));
    return key(path);
  }

  static ListedFolder listed(String path, Optional<String> role, FolderEvidence evidence) {
    int slash = path.lastIndexOf('/');
    return new ListedFolder(
        path,
        slash < 0 ? Optional.empty() : Optional.of(path.substring(0, slash)),
        path.substring(slash + 1),
        role,
        true,
        true,
        MailboxRights.all(),
        evidence);
  }

  static FolderEvidence uidEvidence(long validity, long next) {
    return new FolderEvidence(
        Optional.empty(), Optional.empty(), OptionalLong.of(validity), OptionalLong.of(next));
  }

  Committed list(ListedFolder folder) {
    folders.put(folder.path(), folder);
    return list();
  }

  Committed list() {
    return writer().applyFolders(round());
  }

  FolderRound round() {
    return FolderRound.of(List.copyOf(folders.values()));
  }

  /** Takes a folder out of what LIST tells, without applying it. */
  void unlist(String path) {
    folders.remove(path);
  }

  /** Adds a folder to what LIST tells, without applying it. */
  void willList(ListedFolder folder) {
    folders.put(folder.path(), folder);
  }

  FolderKey key(String path) {
    return stored(path).key();
  }

  Id mailboxId(String path) {
    return stored(path).mailboxId();
  }

  StoredFolder stored(String path) {
    return reader().folders().stream()
        .filter(folder -> folder.path().equals(path))
        .findFirst()
        .orElseThrow();
  }

  Committed arrive(FolderKey folder, Arrival... arrivals) {
    return writer().apply(FolderDelta.of(folder).withArrivals(List.of(arrivals)));
  }

  Committed depart(FolderKey folder, long... uids) {
    return writer().apply(FolderDelta.of(folder).withDepartures(UidSet.of(uids)));
  }

  Committed flag(FolderKey folder, long uid, String... flags) {
    return flag(folder, uid, 0, flags);
  }

  Committed flag(FolderKey folder, long uid, long modSeq, String... flags) {
    return writer()
        .apply(
            FolderDelta.of(folder)
                .withFlagChanges(List.of(new FlagChange(uid, Set.of(flags), modSeq))));
  }

  Id emailId(FolderKey folder, long uid) {
    Id id = reader().emailIds(folder, UidSet.of(uid)).get(uid);
    if (id == null) {
      throw new AssertionError("no message " + uid + " in " + folder);
    }
    return id;
  }

  Email email(FolderKey folder, long uid) {
    return email(emailId(folder, uid)).orElseThrow();
  }

  Optional<Email> email(Id id) {
    return emails(List.of(id), METADATA).stream().findFirst();
  }

  List<Email> emails(List<Id> ids, Set<String> properties) {
    return roles
        .find(EmailType.TYPE.readRole())
        .orElseThrow()
        .read(CONTEXT, ReadRequest.of(ids, properties));
  }

  List<Email> allEmails() {
    return roles
        .find(EmailType.TYPE.readRole())
        .orElseThrow()
        .read(CONTEXT, ReadRequest.all(METADATA));
  }

  List<EmailThread> allThreads() {
    return roles
        .find(ThreadType.TYPE.readRole())
        .orElseThrow()
        .read(CONTEXT, ReadRequest.all(Set.of("id", "emailIds")));
  }

  List<Mailbox> allMailboxes() {
    return roles
        .find(MailboxType.TYPE.readRole())
        .orElseThrow()
        .read(CONTEXT, ReadRequest.all(Set.of("id")));
  }

  Mailbox mailbox(String path) {
    Id id = mailboxId(path);
    return allMailboxes().stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
  }

  List<Id> query(Query query) {
    return roles
        .find(EmailType.TYPE.queryRole())
        .orElseThrow()
        .page(CONTEXT, query, 0, Integer.MAX_VALUE, false)
        .ids();
  }

  ChangesRole changesRole(String type) {
    return switch (type) {
      case "Mailbox" -> roles.find(MailboxType.TYPE.changesRole()).orElseThrow();
      case "Thread" -> roles.find(ThreadType.TYPE.changesRole()).orElseThrow();
      case "Email" -> roles.find(EmailType.TYPE.changesRole()).orElseThrow();
      default -> throw new IllegalArgumentException(type);
    };
  }

  Changes changes(String type, State since) {
    return changesRole(type).changes(CONTEXT, since, 1000).orElseThrow();
  }

  /** All pages of a size from a state to the present. */
  List<Changes> pages(String type, State since, int size) {
    List<Changes> pages = new ArrayList<>();
    State state = since;
    boolean hasMore = true;
    while (hasMore) {
      Changes page = changesRole(type).changes(CONTEXT, state, size).orElseThrow();
      pages.add(page);
      hasMore = page.hasMoreChanges();
      state = page.newState();
    }
    return pages;
  }

  @Override
  public void close() {
    store.close();
  }

  private static Roles rolesOf(AccountStore store) {
    Roles.Builder builder = Roles.builder();
    store.addRolesTo(builder, Optional.empty());
    return builder.build();
  }
}
