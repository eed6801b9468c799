package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.DovecotServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.MeddlingProxy;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.backend.SyncStatus.Phase;
import org.jmapproxy.core.error.BackendException;
import org.jmapproxy.core.error.BackendException.Reason;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client hears when the server says no and gives a reason (RFC 5530). */
class ResponseCodeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @RegisterExtension static final DovecotServer DOVECOT = DovecotServer.standard();

  private static MeddlingProxy meddling;
  private static ImapProxy proxy;
  private static OpenAccount account;
  private static AccountView view;

  @BeforeAll
  static void open() {
    DOVECOT.seed("ann", "INBOX", 4);
    meddling = MeddlingProxy.to(DOVECOT);
    proxy = new ImapProxy();
    account = open("ann");
    view = new AccountView(account, "ann");
  }

  private static OpenAccount open(String user) {
    OpenAccount opened =
        proxy
            .backend()
            .open(
                ImapProxy.configuration(
                    "127.0.0.1", meddling.port(), user, DovecotServer.PASSWORD));
    opened.sync(PATIENCE);
    return opened;
  }

  @AfterEach
  void heal() {
    meddling.heal();
  }

  @AfterAll
  static void close() {
    account.close();
    proxy.close();
    meddling.close();
  }

  @ParameterizedTest
  @CsvSource({
    "OVERQUOTA, overQuota",
    "LIMIT, rateLimit",
    "THROTTLED, rateLimit",
    "UNAVAILABLE, serverUnavailable",
    "INUSE, serverUnavailable",
    "EXPUNGEISSUED, serverUnavailable",
    "CONTACTADMIN, serverFail",
    "SERVERBUG, serverFail",
    "CORRUPTION, serverFail",
    "NOPERM, forbidden",
    "CANNOT, forbidden",
    "TOOBIG, tooLarge",
    "TRYCREATE, invalidProperties",
    "NONEXISTENT, invalidProperties"
  })
  void aRefusedMessageIsNotStoredAndTheReasonIsTold(String code, String type) {
    meddling.answer("APPEND .*", "$ NO [" + code + "] as the test wants\r\n");
    CreateOutcome<Email> outcome = view.create(message());
    assertThat(errorOf(outcome).type()).isEqualTo(type);
    meddling.heal();
    account.sync(PATIENCE);
    assertThat(view.emailIds("Drafts")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NOPERM, forbidden",
    "LIMIT, rateLimit",
    "OVERQUOTA, overQuota",
    "INUSE, serverUnavailable"
  })
  void aRefusedKeywordIsNotThere(String code, String type) {
    meddling.answer("UID STORE .*", "$ NO [" + code + "] as the test wants\r\n");
    List<Id> ids = view.emailIds("INBOX");
    assertThat(view.keywords(ids, SetChange.patch(Set.of("refused"), Set.of())).values())
        .allSatisfy(outcome -> assertThat(errorOf(outcome).type()).isEqualTo(type));
    assertThat(view.emails(ids)).noneMatch(email -> email.keywords().contains("refused"));
  }

  @ParameterizedTest
  @CsvSource({"OVERQUOTA, overQuota", "TRYCREATE, invalidProperties", "NOPERM, forbidden"})
  void aRefusedMoveLeavesTheMessageWhereItIs(String code, String type) {
    meddling.answer("UID MOVE .*", "$ NO [" + code + "] as the test wants\r\n");
    Id id = view.emailIds("INBOX").get(0);
    var outcomes = view.move(List.of(id), SetChange.replace(Set.of(view.mailboxId("Archive"))));
    assertThat(errorOf(outcomes.values().iterator().next()).type()).isEqualTo(type);
    assertThat(view.email(id).mailboxIds()).containsExactly(view.mailboxId("INBOX"));
  }

  @ParameterizedTest
  @CsvSource({
    "ALREADYEXISTS, invalidProperties",
    "CANNOT, invalidProperties",
    "NOPERM, forbidden",
    "OVERQUOTA, overQuota",
    "LIMIT, rateLimit"
  })
  void aRefusedMailboxIsNotThere(String code, String type) {
    meddling.answer("CREATE .*", "$ NO [" + code + "] as the test wants\r\n");
    CreateOutcome<Mailbox> outcome =
        view.create(new MailboxCreation("Refused", Optional.empty(), Optional.empty(), 0, true));
    assertThat(((CreateOutcome.NotCreated<Mailbox>) outcome).error().type()).isEqualTo(type);
    assertThat(view.mailbox("Refused")).isEmpty();
  }

  @Test
  void aMailboxThatAnotherClientHasJustMadeIsNotAnsweredAsCreated() {
    try (var other = DOVECOT.connect("ann")) {
      other.mailboxes().create("Taken");
    }
    CreateOutcome<Mailbox> outcome =
        view.create(new MailboxCreation("Taken", Optional.empty(), Optional.empty(), 0, true));
    SetError error = ((CreateOutcome.NotCreated<Mailbox>) outcome).error();
    assertThat(error).isEqualTo(SetError.alreadyExists(view.mailboxId("Taken").value()));
  }

  @Test
  void aByeInsteadOfAnAnswerIsFoundOut() {
    meddling.answer("UID STORE .*", "* BYE [UNAVAILABLE] going down\r\n");
    List<Id> ids = view.emailIds("INBOX").subList(0, 1);
    var outcomes = view.keywords(ids, SetChange.patch(Set.of("bye"), Set.of()));
    SetError error = errorOf(outcomes.values().iterator().next());
    assertThat(error.type()).isEqualTo("serverUnavailable");
    assertThat(error.description().orElse("")).contains("going down");
  }

  @ParameterizedTest
  @CsvSource({"UNAVAILABLE", "INUSE", "LIMIT", "CONTACTADMIN"})
  void aLoginThatIsRefusedForTheMomentIsNoWrongPassword(String code) {
    meddling.answer("(LOGIN|AUTHENTICATE) .*", "$ NO [" + code + "] later\r\n");
    try (OpenAccount other = openUnsynced("ben" + code.toLowerCase(java.util.Locale.ROOT))) {
      assertThatThrownBy(() -> other.sync(PATIENCE)).isInstanceOf(BackendException.class);
      assertThat(other.status().phase()).isEqualTo(Phase.UNREACHABLE);
      assertThat(other.status().error().orElse("")).contains("later");
    }
  }

  @ParameterizedTest
  @CsvSource({"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"})
  void aLoginThatIsRefusedForGoodIsSaidToBe(String code) {
    meddling.answer("(LOGIN|AUTHENTICATE) .*", "$ NO [" + code + "] never\r\n");
    try (OpenAccount other = openUnsynced("cleo" + code.toLowerCase(java.util.Locale.ROOT))) {
      assertThatThrownBy(() -> other.sync(PATIENCE))
          .isInstanceOfSatisfying(
              BackendException.class,
              e -> assertThat(e.reason()).isEqualTo(Reason.AUTHENTICATION_LOST));
      assertThat(other.status().phase()).isEqualTo(Phase.AUTHENTICATION_FAILED);
    }
  }

  private static OpenAccount openUnsynced(String user) {
    return proxy
        .backend()
        .open(ImapProxy.configuration("127.0.0.1", meddling.port(), user, DovecotServer.PASSWORD));
  }

  private static NewEmail message() {
    byte[] octets = "Message-ID: <refused@x>\r\n\r\nHi\r\n".getBytes(StandardCharsets.UTF_8);
    return new NewEmail(
        new MemoryBlob("message/rfc822", octets),
        Set.of(view.mailboxId("Drafts")),
        Set.of(),
        Optional.empty());
  }

  private static SetError errorOf(CreateOutcome<Email> outcome) {
    assertThat(outcome).isInstanceOf(CreateOutcome.NotCreated.class);
    return ((CreateOutcome.NotCreated<Email>) outcome).error();
  }

  private static SetError errorOf(UpdateOutcome<Email> outcome) {
    assertThat(outcome).isInstanceOf(UpdateOutcome.NotUpdated.class);
    return ((UpdateOutcome.NotUpdated<Email>) outcome).error();
  }
}
