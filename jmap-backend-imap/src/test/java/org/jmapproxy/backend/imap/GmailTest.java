package org.jmapproxy.backend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.testkit.AccountView;
import org.jmapproxy.backend.imap.testkit.GmailServer;
import org.jmapproxy.backend.imap.testkit.ImapProxy;
import org.jmapproxy.backend.imap.testkit.Witness;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.testkit.MailClient;
import org.jmapproxy.mail.testkit.MemoryBlob;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gmail's labels are Mailboxes, its message ids Email ids, and All Mail is the archive. */
class GmailTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final GmailServer gmail = new GmailServer();
  private final ImapProxy proxy = new ImapProxy();
  private OpenAccount account;
  private AccountView view;
  private Witness witness;

  @BeforeEach
  void open() {
    gmail.createLabel("Work");
    gmail.createLabel("Work/Sub");
    gmail.deliver("both", "\\Inbox", "Work");
    gmail.deliver("inbox", "\\Inbox", "\\Important");
    gmail.deliver("archived");
    gmail.deliver("sent", "\\Sent");
    gmail.deliver("thrown");
    gmail.trash("thrown");
    account =
        proxy.backend().open(ImapProxy.configuration("127.0.0.1", gmail.port(), "gmail", "secret"));
    account.sync(PATIENCE);
    view = new AccountView(account, "gmail");
    witness = new Witness(view);
  }

  @AfterEach
  void close() {
    sync();
    account.close();
    proxy.close();
    gmail.close();
  }

  private void sync() {
    account.sync(PATIENCE);
    witness.check();
  }

  @Test
  void labelsAreMailboxesAndAllMailIsTheArchive() {
    assertThat(view.mailboxes())
        .extracting(Mailbox::name)
        .containsExactlyInAnyOrder(
            "INBOX", "All Mail", "Drafts", "Sent Mail", "Spam", "Trash", "Work", "Sub");
    assertThat(view.mailboxes().stream().filter(mailbox -> !mailbox.name().equals("Sub")))
        .allMatch(mailbox -> mailbox.parentId().isEmpty());
    assertThat(role("All Mail")).contains("archive");
    assertThat(role("Trash")).contains("trash");
    assertThat(role("Spam")).contains("junk");
    assertThat(role("Sent Mail")).contains("sent");
    assertThat(role("Drafts")).contains("drafts");
    assertThat(mailboxesOf("both")).containsExactly("INBOX", "Work");
    assertThat(mailboxesOf("inbox")).containsExactly("INBOX");
    assertThat(mailboxesOf("archived")).containsExactly("All Mail");
    assertThat(mailboxesOf("sent")).containsExactly("Sent Mail");
    assertThat(mailboxesOf("thrown")).containsExactly("Trash");
    assertThat(view.mailbox("All Mail").orElseThrow().totalEmails()).isEqualTo(1);
    assertThat(view.mailbox("INBOX").orElseThrow().totalEmails()).isEqualTo(2);
  }

  @Test
  void gmailsIdsAreTheIdsAndEveryMessageIsFetchedOnce() {
    Email email = email("both");
    assertThat(email.id().value()).matches("17000000000000000\\d\\d");
    assertThat(email.threadId()).isEqualTo(email.id());
    assertThat(email.preview()).isEqualTo("Hello from Gmail.");
    assertThat(gmail.headersSent()).isEqualTo(5);
    gmail.label("archived", "Work");
    gmail.unlabel("both", "Work");
    sync();
    assertThat(gmail.headersSent()).isEqualTo(5);
    assertThat(gmail.received()).noneMatch(command -> command.matches("(SELECT|EXAMINE).*Work.*"));
  }

  @Test
  void importantMessagesAndStarsAreKeywords() {
    assertThat(email("inbox").keywords()).contains("$important");
    gmail.unlabel("inbox", "\\Important");
    sync();
    assertThat(email("inbox").keywords()).doesNotContain("$important");

    view.keywords(
        List.of(email("inbox").id()),
        SetChange.patch(Set.of("$important", "$flagged", "$seen"), Set.of()));
    assertThat(gmail.labels("inbox")).contains("\\Important", "\\Inbox");
    assertThat(gmail.flags("inbox")).contains("\\Flagged", "\\Seen");
    assertThat(mailboxesOf("inbox")).containsExactly("INBOX");
  }

  @Test
  void otherClientsLabelArchiveAndThrowAway() {
    Id both = email("both").id();
    gmail.unlabel("both", "\\Inbox");
    sync();
    assertThat(mailboxesOf("both")).containsExactly("Work");
    gmail.unlabel("both", "Work");
    sync();
    assertThat(mailboxesOf("both")).containsExactly("All Mail");
    gmail.trash("both");
    sync();
    assertThat(mailboxesOf("both")).containsExactly("Trash");
    gmail.restore("both");
    gmail.label("both", "Work/Sub");
    sync();
    assertThat(mailboxesOf("both")).containsExactly("Sub");
    assertThat(email("both").id()).isEqualTo(both);
  }

  @Test
  void labelsComeGoAndGetOtherNames() {
    Id work = view.mailboxId("Work");
    gmail.renameLabel("Work", "Labour");
    gmail.createLabel("New");
    gmail.label("archived", "New");
    sync();
    assertThat(view.mailboxId("Labour")).isEqualTo(work);
    assertThat(mailboxesOf("both")).containsExactly("INBOX", "Labour");
    assertThat(mailboxesOf("archived")).containsExactly("New");

    gmail.label("inbox", "Hidden");
    sync();
    assertThat(mailboxesOf("inbox")).containsExactly("INBOX");
    gmail.createLabel("Hidden");
    gmail.deleteLabel("New");
    sync();
    assertThat(mailboxesOf("inbox")).containsExactly("Hidden", "INBOX");
    assertThat(mailboxesOf("archived")).containsExactly("All Mail");
  }

  @Test
  void clientsLabelAndArchive() {
    move("both", "Sub");
    assertThat(gmail.labels("both")).containsExactly("Work/Sub");
    move("both", "INBOX", "Work");
    assertThat(gmail.labels("both")).containsExactlyInAnyOrder("\\Inbox", "Work");
    move("both", "All Mail");
    assertThat(gmail.labels("both")).isEmpty();
    assertThat(gmail.place("both")).contains(GmailServer.ALL);
    assertThat(mailboxesOf("both")).containsExactly("All Mail");
    sync();
    assertThat(mailboxesOf("both")).containsExactly("All Mail");
  }

  @Test
  void archivingWhatHasALabelKeepsTheLabel() {
    Id id = email("both").id();
    var outcome =
        view.move(
                List.of(id),
                SetChange.patch(
                    Set.of(view.mailboxId("All Mail")), Set.of(view.mailboxId("INBOX"))))
            .get(id);
    assertThat(outcome).isInstanceOf(UpdateOutcome.Updated.class);
    assertThat(String.valueOf(outcome)).contains("changedByServer=[mailboxIds]");
    assertThat(gmail.labels("both")).containsExactly("Work");
    assertThat(mailboxesOf("both")).containsExactly("Work");
  }

  @Test
  void theTrashAndSpamHoldMessagesAlone() {
    Id both = email("both").id();
    move("both", "Trash");
    assertThat(gmail.place("both")).contains(GmailServer.TRASH);
    assertThat(mailboxesOf("both")).containsExactly("Trash");
    move("both", "INBOX", "Work");
    assertThat(gmail.place("both")).contains(GmailServer.ALL);
    assertThat(gmail.labels("both")).containsExactlyInAnyOrder("\\Inbox", "Work");
    assertThat(email("both").id()).isEqualTo(both);
    Id trash = view.mailboxId("Trash");
    assertThat(view.move(List.of(both), SetChange.patch(Set.of(trash), Set.of())).values())
        .allMatch(UpdateOutcome.NotUpdated.class::isInstance);
  }

  @Test
  void destroyedIsGoneForGoodAndNotArchived() {
    Id both = email("both").id();
    Id thrown = email("thrown").id();
    assertThat(view.destroy(Set.of(both, thrown)).values())
        .allMatch(DestroyOutcome.Destroyed.class::isInstance);
    assertThat(gmail.place("both")).isEmpty();
    assertThat(gmail.place("thrown")).isEmpty();
    assertThat(gmail.place("inbox")).contains(GmailServer.ALL);
    sync();
    assertThat(view.emails(List.of(both, thrown))).isEmpty();
  }

  @Test
  void aNewMessageIsStoredOnceWithItsLabels() {
    CreateOutcome<Email> outcome =
        view.create(
            new NewEmail(
                new MemoryBlob("message/rfc822", GmailServer.message("new")),
                Set.of(view.mailboxId("Work"), view.mailboxId("INBOX")),
                Set.of("$seen"),
                Optional.of(Instant.parse("2026-03-02T12:00:00Z"))));
    assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
    assertThat(gmail.labels("new")).containsExactlyInAnyOrder("\\Inbox", "Work");
    assertThat(mailboxesOf("new")).containsExactly("INBOX", "Work");
    sync();
    assertThat(mailboxesOf("new")).containsExactly("INBOX", "Work");
  }

  @Test
  void bodiesOfALabelAreSearchedWhereTheMessagesAre() {
    MailClient client = new MailClient(Account.of(Id.of("gmail"), "gmail", view.roles()));
    String work = view.mailboxId("Work").value();
    assertThat(client.query("Email", "{'filter':{'inMailbox':'" + work + "','body':'Hello'}}"))
        .containsExactly(email("both").id().value());
    assertThat(gmail.received()).noneMatch(command -> command.matches("(SELECT|EXAMINE).*Work.*"));
  }

  @Test
  void aMailboxIsALabelAndItsEndKeepsTheMessages() {
    CreateOutcome<Mailbox> outcome =
        view.create(new MailboxCreation("Fresh", Optional.empty(), Optional.empty(), 0, true));
    assertThat(outcome).isInstanceOf(CreateOutcome.Created.class);
    move("archived", "Fresh");
    assertThat(gmail.labels("archived")).containsExactly("Fresh");
    assertThat(view.destroyMailbox(view.mailboxId("Fresh"), Arguments.none()))
        .isInstanceOf(DestroyOutcome.NotDestroyed.class);
    gmail.deleteLabel("Fresh");
    sync();
    assertThat(mailboxesOf("archived")).containsExactly("All Mail");
  }

  private Optional<String> role(String name) {
    return view.mailbox(name).orElseThrow().role();
  }

  private void move(String name, String... mailboxes) {
    Set<Id> ids = Arrays.stream(mailboxes).map(view::mailboxId).collect(Collectors.toSet());
    assertThat(view.move(List.of(email(name).id()), SetChange.replace(ids)).values())
        .allMatch(UpdateOutcome.Updated.class::isInstance);
  }

  private Email email(String name) {
    return view.mailboxes().stream()
        .flatMap(mailbox -> view.emails(view.emailIdsIn(mailbox.id())).stream())
        .filter(
            email ->
                email
                    .headers()
                    .flatMap(headers -> headers.text("Subject"))
                    .equals(Optional.of(name)))
        .findFirst()
        .orElseThrow();
  }

  private Set<String> mailboxesOf(String name) {
    Set<Id> ids = email(name).mailboxIds();
    return view.mailboxes().stream()
        .filter(mailbox -> ids.contains(mailbox.id()))
        .map(Mailbox::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
