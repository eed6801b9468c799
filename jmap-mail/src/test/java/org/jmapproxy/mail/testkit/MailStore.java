package org.jmapproxy.mail.testkit;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxRights;
import org.jmapproxy.mail.mime.BodyPart;
import org.jmapproxy.mail.mime.MessageBody;
import org.jmapproxy.mail.mime.Preview;
import org.jmapproxy.mail.mime.PreviewPart;
import org.jmapproxy.mail.mime.parse.MessageContent;
import org.jmapproxy.mail.mime.parse.MessageParser;
import org.jmapproxy.mail.mime.parse.PartLayout;
import org.jmapproxy.mail.thread.Connections;
import org.jmapproxy.mail.thread.EmailThread;

/** What an account holds, and what happened to it. One lock around everything. */
final class MailStore {

  private static final Set<String> COUNTS =
      Set.of("totalEmails", "unreadEmails", "totalThreads", "unreadThreads");

  private final Map<Id, Mailbox> mailboxes = new LinkedHashMap<>();
  private final Map<Id, Email> emails = new LinkedHashMap<>();
  private final Map<Id, byte[]> messages = new HashMap<>();
  private final Map<Id, Connections> connections = new HashMap<>();
  private final Map<Id, Id> threadOfEmail = new HashMap<>();
  private final ChangeLog mailboxLog = new ChangeLog();
  private final ChangeLog threadLog = new ChangeLog();
  private final ChangeLog emailLog = new ChangeLog();
  private Consumer<Map<String, State>> listener = states -> {};
  private int lastNumber;

  MailStore() {
    create(new MailboxCreation("Inbox", Optional.empty(), Optional.of("inbox"), 0, true));
  }

  ChangeLog mailboxLog() {
    return mailboxLog;
  }

  ChangeLog threadLog() {
    return threadLog;
  }

  ChangeLog emailLog() {
    return emailLog;
  }

  void onChange(Consumer<Map<String, State>> whenStatesMove) {
    listener = whenStatesMove;
  }

  /** Makes changes as one step: counts are compared and states published once, at the end. */
  <R> R change(Supplier<R> step) {
    Map<String, State> moved = new TreeMap<>();
    R result;
    synchronized (this) {
      Map<String, State> before = states();
      Map<Id, Mailbox> counted = byId(allMailboxes());
      result = step.get();
      logCounts(counted);
      states()
          .forEach(
              (type, state) -> {
                if (!state.equals(before.get(type))) {
                  moved.put(type, state);
                }
              });
    }
    if (!moved.isEmpty()) {
      listener.accept(moved);
    }
    return result;
  }

  synchronized List<Mailbox> allMailboxes() {
    return mailboxes.values().stream().map(this::counted).toList();
  }

  synchronized Mailbox create(MailboxCreation creation) {
    Mailbox mailbox =
        new Mailbox(
            newId("F"),
            creation.name(),
            creation.parentId(),
            creation.role(),
            creation.sortOrder(),
            0,
            0,
            0,
            0,
            MailboxRights.all(),
            creation.isSubscribed());
    mailboxes.put(mailbox.id(), mailbox);
    mailboxLog.created(mailbox.id());
    return mailbox;
  }

  synchronized void replace(Mailbox mailbox) {
    mailboxes.put(mailbox.id(), mailbox);
    mailboxLog.updated(mailbox.id());
  }

  synchronized void removeMailbox(Id id) {
    mailboxes.remove(id);
    mailboxLog.destroyed(id);
  }

  synchronized List<Email> allEmails() {
    return List.copyOf(emails.values());
  }

  synchronized Optional<Email> email(Id id) {
    return Optional.ofNullable(emails.get(id));
  }

  synchronized Email create(NewEmail creation) {
    byte[] octets = octets(creation);
    BodyPart structure = structure(octets);
    HeaderBlock header = HeaderBlock.of(octets);
    Id id = newId("M");
    Id blobId = newId("B");
    Connections connecting = Connections.of(header);
    Email email =
        new Email(
            id,
            blobId,
            threadFor(connecting),
            creation.mailboxIds(),
            creation.keywords(),
            octets.length,
            creation.receivedAt().orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS),
            MessageBody.of(structure).hasAttachment(),
            preview(octets, structure),
            Optional.of(header),
            Optional.of(structure));
    emails.put(id, email);
    messages.put(blobId, octets);
    connections.put(id, connecting);
    threadOfEmail.put(id, email.threadId());
    emailLog.created(id);
    if (threadEmails(email.threadId()).size() == 1) {
      threadLog.created(email.threadId());
    } else {
      threadLog.updated(email.threadId());
    }
    return email;
  }

  synchronized Email update(Email email, Set<Id> mailboxIds, Set<String> keywords) {
    if (mailboxIds.equals(email.mailboxIds()) && keywords.equals(email.keywords())) {
      return email;
    }
    Email after =
        new Email(
            email.id(),
            email.blobId(),
            email.threadId(),
            mailboxIds,
            keywords,
            email.size(),
            email.receivedAt(),
            email.hasAttachment(),
            email.preview(),
            email.headers(),
            email.bodyStructure());
    emails.put(email.id(), after);
    emailLog.updated(email.id());
    return after;
  }

  synchronized void removeEmail(Email email) {
    emails.remove(email.id());
    messages.remove(email.blobId());
    emailLog.destroyed(email.id());
    if (threadEmails(email.threadId()).isEmpty()) {
      threadLog.destroyed(email.threadId());
    } else {
      threadLog.updated(email.threadId());
    }
  }

  synchronized Optional<byte[]> message(Id blobId) {
    return Optional.ofNullable(messages.get(blobId));
  }

  /** The Email whose message has a blob id. */
  synchronized Optional<Id> emailOfMessage(Id blobId) {
    return emails.values().stream()
        .filter(email -> email.blobId().equals(blobId))
        .map(Email::id)
        .findAny();
  }

  /** The Emails of a Message-ID. */
  synchronized List<Id> emailsWithMessageId(String messageId) {
    return emails.values().stream()
        .filter(
            email ->
                email
                    .headers()
                    .flatMap(header -> header.messageIds("Message-ID"))
                    .filter(ids -> ids.contains(messageId))
                    .isPresent())
        .map(Email::id)
        .toList();
  }

  synchronized List<EmailThread> threads(CallContext context, ReadRequest request) {
    Collection<Id> ids =
        request.ids().<Collection<Id>>map(wanted -> wanted).orElse(Set.copyOf(threadIds()));
    return ids.stream()
        .map(id -> new EmailThread(id, threadEmails(id).stream().map(Email::id).toList()))
        .filter(thread -> !thread.emailIds().isEmpty())
        .toList();
  }

  synchronized Map<Id, Id> threadIds(Collection<Id> emailIds) {
    Map<Id, Id> found = new HashMap<>(threadOfEmail);
    found.keySet().retainAll(Set.copyOf(emailIds));
    return found;
  }

  /** The Emails of a Thread, oldest first. */
  synchronized List<Email> threadEmails(Id threadId) {
    return emails.values().stream()
        .filter(email -> email.threadId().equals(threadId))
        .sorted(Comparator.comparing(Email::receivedAt).thenComparing(Email::id))
        .toList();
  }

  private List<Id> threadIds() {
    return emails.values().stream().map(Email::threadId).distinct().toList();
  }

  private Id threadFor(Connections connecting) {
    return emails.values().stream()
        .filter(email -> knownConnections(email).connectTo(connecting))
        .map(Email::threadId)
        .findFirst()
        .orElseGet(() -> newId("T"));
  }

  private Connections knownConnections(Email email) {
    return connections.getOrDefault(email.id(), new Connections(Optional.empty(), List.of(), ""));
  }

  private Mailbox counted(Mailbox mailbox) {
    List<Email> inside =
        emails.values().stream()
            .filter(email -> email.mailboxIds().contains(mailbox.id()))
            .toList();
    Set<Id> threads = new HashSet<>();
    inside.forEach(email -> threads.add(email.threadId()));
    long unreadThreads = threads.stream().filter(id -> showsUnread(id, mailbox)).count();
    return new Mailbox(
        mailbox.id(),
        mailbox.name(),
        mailbox.parentId(),
        mailbox.role(),
        mailbox.sortOrder(),
        inside.size(),
        inside.stream().filter(MailStore::isUnread).count(),
        threads.size(),
        unreadThreads,
        mailbox.myRights(),
        mailbox.isSubscribed());
  }

  /** RFC 8621 section 2, {@code unreadThreads}: mail in the trash counts there alone. */
  private boolean showsUnread(Id threadId, Mailbox mailbox) {
    Set<Id> trash = new HashSet<>();
    mailboxes.values().stream()
        .filter(box -> box.role().equals(Optional.of("trash")))
        .forEach(box -> trash.add(box.id()));
    boolean isTrash = trash.contains(mailbox.id());
    return threadEmails(threadId).stream()
        .filter(
            email ->
                isTrash
                    ? email.mailboxIds().contains(mailbox.id())
                    : !trash.containsAll(email.mailboxIds()))
        .anyMatch(MailStore::isUnread);
  }

  private static boolean isUnread(Email email) {
    return !email.keywords().contains("$seen") && !email.keywords().contains("$draft");
  }

  private void logCounts(Map<Id, Mailbox> before) {
    for (Mailbox mailbox : allMailboxes()) {
      Optional<Mailbox> old = Optional.ofNullable(before.get(mailbox.id()));
      if (old.isPresent() && !counts(old.get()).equals(counts(mailbox))) {
        mailboxLog.updated(mailbox.id(), COUNTS);
      }
    }
  }

  private static List<Long> counts(Mailbox mailbox) {
    return List.of(
        mailbox.totalEmails(),
        mailbox.unreadEmails(),
        mailbox.totalThreads(),
        mailbox.unreadThreads());
  }

  private Map<String, State> states() {
    return Map.of(
        "Mailbox", mailboxLog.state(), "Thread", threadLog.state(), "Email", emailLog.state());
  }

  private static Map<Id, Mailbox> byId(List<Mailbox> list) {
    Map<Id, Mailbox> byId = new HashMap<>();
    list.forEach(mailbox -> byId.put(mailbox.id(), mailbox));
    return byId;
  }

  private static byte[] octets(NewEmail creation) {
    try (InputStream in = creation.message().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String preview(byte[] octets, BodyPart structure) {
    return PreviewPart.choose(structure)
        .flatMap(BodyPart::partId)
        .map(partId -> Preview.ofText(text(octets, partId).replaceAll("<[^>]*>", " ")))
        .orElse("");
  }

  private static BodyPart structure(byte[] octets) {
    return MessageParser.standard().parse(new ByteArrayInputStream(octets)).structure();
  }

  /** The text of a part. */
  static String text(byte[] octets, String partId) {
    PartLayout part =
        MessageParser.standard().parse(new ByteArrayInputStream(octets)).find(partId).orElseThrow();
    return new MessageContent(new MemoryBlob("message/rfc822", octets)).text(part, 0).text();
  }

  private Id newId(String prefix) {
    lastNumber++;
    return Id.of(prefix + lastNumber);
  }

  /** All ids that were ever used, as a list for those who iterate while they change. */
  synchronized List<Email> emailsIn(Id mailboxId) {
    return new ArrayList<>(
        emails.values().stream().filter(email -> email.mailboxIds().contains(mailboxId)).toList());
  }
}
