package org.jmapproxy.server.jmap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jmapproxy.backend.imap.internal.protocol.ImapConnection;
import org.jmapproxy.backend.imap.internal.protocol.SearchCriteria;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.SmtpSink;
import org.jmapproxy.server.RunningProxy;
import org.jmapproxy.server.StandardParts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import rs.ltt.jmap.client.event.OnStateChangeListener;
import rs.ltt.jmap.client.event.PushService;
import rs.ltt.jmap.client.event.State;
import rs.ltt.jmap.common.entity.Email;
import rs.ltt.jmap.common.entity.EmailAddress;
import rs.ltt.jmap.common.entity.EmailBodyPart;
import rs.ltt.jmap.common.entity.EmailBodyValue;
import rs.ltt.jmap.common.entity.Identity;
import rs.ltt.jmap.common.entity.Keyword;
import rs.ltt.jmap.common.entity.Mailbox;
import rs.ltt.jmap.common.entity.Role;
import rs.ltt.jmap.common.entity.StateChange;
import rs.ltt.jmap.common.entity.query.EmailQuery;
import rs.ltt.jmap.mua.Mua;
import rs.ltt.jmap.mua.cache.InMemoryCache;

/**
 * A mail program built on jmap-mua, written by others against other servers, works with the proxy
 * before a real server. Its cache is filled and kept by /changes and /queryChanges alone, and fails
 * where these are not exact.
 */
@Timeout(180)
class IndependentClientTest {

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  /** What the client has in its cache. */
  private static final class Shelf extends InMemoryCache {
    Map<String, Email> emails() {
      return emails;
    }

    int threads() {
      return threads.size();
    }

    Optional<Mailbox> mailbox(Role role) {
      return mailboxes.values().stream().filter(m -> role.equals(m.getRole())).findFirst();
    }

    Identity identity() {
      return identities.values().iterator().next();
    }

    List<Email> inThread(String threadId) {
      return emails.values().stream().filter(e -> threadId.equals(e.getThreadId())).toList();
    }
  }

  /** A user with mail, the proxy before it, another IMAP client and the client in question. */
  private static final class Scene implements AutoCloseable {
    private final String user;
    private final SmtpSink sink = new SmtpSink();
    private final RunningProxy proxy;
    private final ImapConnection other;
    private final Shelf shelf = new Shelf();
    private final Mua mua;

    Scene(Path data, String user, int messages) {
      this.user = user;
      DOVECOT.seed(user, "INBOX", messages);
      other = DOVECOT.connect(user);
      proxy = RunningProxy.with(data, Map.of(), StandardParts.backends());
      addAccount();
      mua = mua(shelf);
    }

    private void addAccount() {
      String account =
          """
          {"accountid":"%s","email":"%s@example.com","username":"%s","password":"%s",
           "imapHost":"127.0.0.1","imapPort":%d,"imapSSL":0,
           "smtpHost":"127.0.0.1","smtpPort":%d,"smtpSSL":0}\
          """
              .formatted(user, user, user, DovecotServer.PASSWORD, DOVECOT.imapPort(), sink.port());
      assertThat(proxy.manage("POST", "/api/accounts", account).statusCode()).isEqualTo(201);
      assertThat(proxy.manage("POST", "/api/accounts/" + user + "/sync", "").statusCode())
          .isEqualTo(200);
    }

    Mua mua(Shelf cache) {
      return Mua.builder()
          .cache(cache)
          .sessionResource(proxy.server().baseUrl() + "/.well-known/jmap")
          .username(user + "@example.com")
          .password(asItIsSent(DovecotServer.PASSWORD))
          .accountId(user)
          .queryPageSize(20)
          .build();
    }

    /** The client takes the characters of a password for octets; servers expect UTF-8. */
    private static String asItIsSent(String password) {
      return new String(password.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    void append(String subject) {
      byte[] message =
          ("From: Ann <ann@example.org>\r\nMessage-ID: <"
                  + subject
                  + "@example.org>\r\nSubject: "
                  + subject
                  + "\r\n\r\nHello\r\n")
              .getBytes(StandardCharsets.US_ASCII);
      other
          .messages()
          .append(
              "INBOX",
              Set.of(),
              Optional.empty(),
              message.length,
              new ByteArrayInputStream(message));
    }

    int on(String folder, SearchCriteria criteria) {
      other.select(folder);
      return (int) other.messages().search(criteria).size();
    }

    boolean hasSubject(String subject) {
      return shelf.emails().values().stream().anyMatch(e -> subject.equals(e.getSubject()));
    }

    @Override
    public void close() {
      mua.close();
      other.close();
      proxy.close();
      sink.close();
    }
  }

  @Test
  void aListIsReadPageByPageAndFollowsWhatOthersDo(@TempDir Path data) {
    try (Scene scene = new Scene(data, "ann", 50)) {
      EmailQuery newestFirst = EmailQuery.unfiltered(true);
      done(scene.mua.query(newestFirst));
      assertThat(scene.shelf.threads()).isEqualTo(20);
      assertThat(scene.shelf.mailbox(Role.INBOX).map(Mailbox::getTotalEmails)).contains(50L);

      scene.append("fresh");
      scene.other.select("INBOX");
      scene.other.messages().store(UidSet.of(50), StoreMode.ADD, Set.of("\\Flagged"));
      scene.proxy.manage("POST", "/api/accounts/ann/sync", "");
      done(scene.mua.refresh());
      assertThat(scene.hasSubject("fresh")).isTrue();
      assertThat(scene.shelf.emails().values())
          .filteredOn(email -> email.getKeywords().containsKey(Keyword.FLAGGED))
          .hasSize(1);
      assertThat(scene.shelf.mailbox(Role.INBOX).map(Mailbox::getTotalEmails)).contains(51L);
      done(scene.mua.query(newestFirst));
    }
  }

  @Test
  void mailIsFlaggedAndMoved(@TempDir Path data) {
    try (Scene scene = new Scene(data, "ben", 6)) {
      done(scene.mua.query(EmailQuery.unfiltered(true)));
      String thread = scene.shelf.emails().values().iterator().next().getThreadId();
      done(scene.mua.setKeyword(scene.shelf.inThread(thread), Keyword.FLAGGED));
      done(scene.mua.refresh());
      done(scene.mua.setKeyword(scene.shelf.inThread(thread), Keyword.SEEN));
      int flagged = scene.shelf.inThread(thread).size();
      assertThat(scene.on("INBOX", SearchCriteria.all().seen(true))).isEqualTo(flagged);

      done(scene.mua.refresh());
      assertThat(scene.shelf.inThread(thread))
          .allMatch(email -> email.getKeywords().containsKey(Keyword.FLAGGED));
      done(scene.mua.archive(scene.shelf.inThread(thread)));
      assertThat(scene.on("Archive", SearchCriteria.all())).isEqualTo(flagged);
      done(scene.mua.refresh());
      done(scene.mua.moveToTrash(scene.shelf.inThread(thread)));
      done(scene.mua.refresh());
      assertThat(scene.on("Archive", SearchCriteria.all())).isZero();
      assertThat(scene.on("Trash", SearchCriteria.all())).isEqualTo(flagged);
      done(scene.mua.moveToInbox(scene.shelf.inThread(thread)));
      done(scene.mua.refresh());
      assertThat(scene.on("INBOX", SearchCriteria.all())).isEqualTo(6);
      assertThat(scene.shelf.mailbox(Role.INBOX).map(Mailbox::getTotalEmails)).contains(6L);
    }
  }

  @Test
  void aDraftIsWrittenAndSent(@TempDir Path data) {
    try (Scene scene = new Scene(data, "cleo", 2)) {
      done(scene.mua.query(EmailQuery.unfiltered(true)));
      done(scene.mua.refreshIdentities());
      done(scene.mua.refreshMailboxes());
      Email email =
          Email.builder()
              .from(EmailAddress.builder().email("cleo@example.com").name("Cleo").build())
              .to(EmailAddress.builder().email("bob@example.org").build())
              .subject("Grüße")
              .bodyValue("0", EmailBodyValue.builder().value("Schöne Grüße\n").build())
              .textBody(EmailBodyPart.builder().partId("0").type("text/plain").build())
              .build();
      String draft = done(scene.mua.draft(email, scene.shelf.mailbox(Role.DRAFTS).orElseThrow()));
      assertThat(scene.on("Drafts", SearchCriteria.all())).isEqualTo(1);
      done(
          scene.mua.submit(
              draft,
              scene.shelf.identity(),
              scene.shelf.mailbox(Role.DRAFTS).orElseThrow().getId(),
              scene.shelf.mailbox(Role.SENT).orElseThrow()));
      ImapProxy.await("it is sent", () -> scene.sink.deliveries().size() == 1);
      SmtpSink.Delivery delivery = scene.sink.deliveries().get(0);
      assertThat(delivery.rcptTo()).hasSize(1);
      assertThat(delivery.rcptTo().get(0)).contains("bob@example.org");
      done(scene.mua.refresh());
      assertThat(scene.on("Drafts", SearchCriteria.all())).isZero();
      assertThat(scene.on("Sent", SearchCriteria.all())).isEqualTo(1);
      assertThat(scene.hasSubject("Grüße")).isTrue();
    }
  }

  @Test
  void changesAreHeardByEventSource(@TempDir Path data) {
    try (Scene scene = new Scene(data, "dora", 3)) {
      done(scene.mua.query(EmailQuery.unfiltered(true)));
      ConcurrentLinkedQueue<StateChange> heard = new ConcurrentLinkedQueue<>();
      OnStateChangeListener listener = heard::add;
      PushService push = done(scene.mua.getJmapClient().monitorEvents(listener));
      ImapProxy.await("the stream is open", () -> push.getConnectionState() == State.CONNECTED);
      scene.append("pushed");
      ImapProxy.await(
          "news of Emails",
          () ->
              heard.stream()
                  .flatMap(
                      change ->
                          change.getChanged().getOrDefault("dora", Map.of()).keySet().stream())
                  .anyMatch(Email.class::equals));
      done(scene.mua.refresh());
      assertThat(scene.hasSubject("pushed")).isTrue();
      push.removeOnStateChangeListener(listener);
    }
  }

  private static <T> T done(ListenableFuture<T> future) {
    try {
      return future.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
