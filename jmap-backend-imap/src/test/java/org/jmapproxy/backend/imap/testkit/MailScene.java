package org.jmapproxy.backend.imap.testkit;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Subscription;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.QueryReplay;

/**
 * One user's mail on a real server, which another IMAP client changes while the proxy and a {@link
 * Witness} and clients of some queries follow. Some of the server's abilities may be hidden from
 * the proxy.
 */
public final class MailScene implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger USERS = new AtomicInteger();

  private static final List<String> QUERIES =
      List.of(
          "'sort':[{'property':'receivedAt','isAscending':false}]",
          "'filter':{'inMailbox':'INBOX'},'sort':[{'property':'receivedAt','isAscending':false}]",
          "'filter':{'inMailbox':'INBOX'},'collapseThreads':true,'sort':[{'property':'size'}]",
          "'filter':{'hasKeyword':'$seen'},'sort':[{'property':'subject'}]",
          "'filter':{'inMailboxOtherThan':['INBOX']},'collapseThreads':true",
          "'filter':{'someInThreadHaveKeyword':'$flagged'}",
          "'filter':{'operator':'NOT','conditions':[{'allInThreadHaveKeyword':'$seen'},"
              + "{'subject':'Message'}]},'sort':[{'property':'hasKeyword','keyword':'$flagged'}]");

  private final List<QueryReplay> queries = new ArrayList<>();
  private final RealServer server;
  private final String user = "scene" + USERS.incrementAndGet();
  private final HidingProxy way;
  private final ImapProxy proxy = new ImapProxy();
  private ImapConnection other;
  private Optional<OpenAccount> account = Optional.empty();
  private Optional<Witness> witness = Optional.empty();

  /** A new user, of whom the proxy knows nothing yet. */
  public MailScene(RealServer server, String... hidden) {
    this.server = server;
    this.way = new HidingProxy(server.host(), server.imapPort(), hidden);
    this.other = server.connect(user);
  }

  /** The user's name. */
  public String user() {
    return user;
  }

  /** The way from the proxy to the server. */
  public HidingProxy way() {
    return way;
  }

  /** What the other client says to the server. */
  public ImapConnection other() {
    return other;
  }

  /** Logs the other client in again. */
  public void reconnect() {
    other.close();
    other = server.connect(user);
  }

  /** Makes a folder. */
  public void create(String mailbox) {
    other.mailboxes().create(mailbox);
  }

  /** Stores a message with a Message-ID, which threads by references. */
  public void append(String mailbox, String name, String subject, String... references) {
    appendSaying("Text of " + name + ".", mailbox, name, subject, references);
  }

  /** Stores a message with this text. */
  public void appendSaying(
      String text, String mailbox, String name, String subject, String... references) {
    StringBuilder message = new StringBuilder(512);
    message.append("From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: ");
    message.append(subject).append("\r\nMessage-ID: <").append(name).append("@example.org>\r\n");
    if (references.length > 0) {
      message.append("References:");
      for (String reference : references) {
        message.append(" <").append(reference).append("@example.org>");
      }
      message.append("\r\n");
    }
    message.append("\r\n").append(text).append("\r\n");
    byte[] octets = message.toString().getBytes(StandardCharsets.UTF_8);
    Instant receivedAt = Instant.parse("2026-03-01T12:00:00Z").plusSeconds(name.hashCode() & 0xff);
    other
        .messages()
        .append(
            mailbox,
            Set.of(),
            Optional.of(receivedAt),
            octets.length,
            new ByteArrayInputStream(octets));
  }

  /** Stores sample messages. */
  public void seed(String mailbox, int messages) {
    server.seed(user, mailbox, messages);
  }

  /** Moves messages as clients without MOVE do it. */
  public void move(String from, UidSet uids, String to) {
    other.select(from);
    other.messages().copy(uids, to);
    expunge(uids);
  }

  /** Removes messages of the selected folder. */
  public void expunge(UidSet uids) {
    other.messages().store(uids, StoreMode.ADD, Set.of("\\Deleted"));
    other.messages().expunge(uids);
  }

  /** Removes messages of a folder. */
  public void expungeFrom(String mailbox, UidSet uids) {
    other.select(mailbox);
    expunge(uids);
    other.unselect();
  }

  /** Does something once, just before the proxy selects a folder to look at it. */
  public void beforeLookAt(String mailbox, Runnable action) {
    way.before("SELECT \"" + mailbox + "\"", action);
  }

  /** The proxy compares everything with the server; the witness comes with the first time. */
  public void sync() {
    if (account.isEmpty()) {
      account =
          Optional.of(
              proxy
                  .backend()
                  .open(
                      ImapProxy.configuration("127.0.0.1", way.port(), user, RealServer.PASSWORD)));
    }
    account.get().sync(PATIENCE);
    if (witness.isEmpty()) {
      witness = Optional.of(new Witness(view()));
      MailClient client = new MailClient(Account.of(Id.of(user), user, view().roles()));
      String inbox = view().mailboxId("INBOX").value();
      QUERIES.forEach(
          query -> queries.add(QueryReplay.from(client, "Email", query.replace("INBOX", inbox))));
    }
    witness.get().check();
    queries.forEach(QueryReplay::verify);
    rest();
  }

  /** Whoever looks at a mailbox has it compared: what follows must not happen meanwhile. */
  private void rest() {
    account.orElseThrow().sync(PATIENCE);
  }

  /** Keeps the account awake, so that it hears of changes by itself. */
  public Subscription lease() {
    return account.orElseThrow().lease();
  }

  /** What JMAP clients see. */
  public AccountView view() {
    return new AccountView(account.orElseThrow(), user);
  }

  /** The Emails of a Mailbox by their Message-ID without its domain. */
  public Map<String, Id> emails(String mailbox) {
    Map<String, Id> byName = new TreeMap<>();
    for (Email email : view().emails(view().emailIds(mailbox))) {
      byName.put(name(email), email.id());
    }
    return byName;
  }

  /** The Email of a Message-ID in a Mailbox. */
  public Email email(String mailbox, String name) {
    List<Email> found =
        view().emails(view().emailIds(mailbox)).stream()
            .filter(email -> name(email).equals(name))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(name + " is " + found.size() + " times in " + mailbox);
    }
    return found.get(0);
  }

  private static String name(Email email) {
    return email
        .headers()
        .flatMap(headers -> headers.messageIds("Message-ID"))
        .flatMap(ids -> ids.stream().findFirst())
        .map(id -> id.substring(0, id.indexOf('@')))
        .orElse("");
  }

  @Override
  public void close() {
    account.ifPresent(OpenAccount::close);
    other.close();
    proxy.close();
    way.close();
  }
}
