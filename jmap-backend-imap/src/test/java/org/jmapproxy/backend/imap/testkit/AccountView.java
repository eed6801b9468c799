package org.jmapproxy.backend.imap.testkit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.backend.OpenAccount;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.query.Filter;
import org.jmapproxy.core.query.Query;
import org.jmapproxy.core.query.SortBy;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.Principal;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailFilters;
import org.jmapproxy.mail.email.EmailSorts;
import org.jmapproxy.mail.email.EmailType;
import org.jmapproxy.mail.email.EmailUpdate;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.email.SetChange;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxType;

/** An open account as the engine sees it, through its roles. */
public final class AccountView {
  private final OpenAccount account;
  private final Id accountId;

  /** Looks at an account. */
  public AccountView(OpenAccount account, String accountId) {
    this.account = account;
    this.accountId = Id.of(accountId);
  }

  /** What a role is told. */
  public CallContext context() {
    return new CallContext(Principal.of("tester"), accountId, Instant.now().plusSeconds(30));
  }

  /** The roles. */
  public Roles roles() {
    return account.roles();
  }

  /** All Mailboxes. */
  public List<Mailbox> mailboxes() {
    return roles()
        .find(MailboxType.TYPE.readRole())
        .orElseThrow()
        .read(context(), ReadRequest.all(Set.of()));
  }

  /** The Mailbox of that name. */
  public Optional<Mailbox> mailbox(String name) {
    return mailboxes().stream()
        .filter(
            mailbox ->
                mailbox.name().equals(name)
                    || (name.equals("INBOX") && mailbox.role().equals(Optional.of("inbox"))))
        .findFirst();
  }

  /** The id of the Mailbox of that name. */
  public Id mailboxId(String name) {
    return mailbox(name).map(Mailbox::id).orElseThrow();
  }

  /** The ids of all Emails in a Mailbox, newest first. */
  public List<Id> emailIds(String mailbox) {
    return emailIdsIn(mailboxId(mailbox));
  }

  /** The ids of all Emails in a Mailbox, newest first. */
  public List<Id> emailIdsIn(Id mailboxId) {
    Query query =
        new Query(
            Optional.of(new Filter.Condition<>(EmailFilters.IN_MAILBOX, mailboxId)),
            List.of(SortBy.of(EmailSorts.RECEIVED_AT, false)),
            Arguments.none());
    return roles()
        .find(EmailType.TYPE.queryRole())
        .orElseThrow()
        .page(context(), query, 0, Integer.MAX_VALUE, false)
        .ids();
  }

  /** An Email with headers and structure. */
  public Email email(Id id) {
    return emails(List.of(id)).get(0);
  }

  /** Emails with headers and structure. */
  public List<Email> emails(List<Id> ids) {
    return roles()
        .find(EmailType.TYPE.readRole())
        .orElseThrow()
        .read(context(), ReadRequest.of(ids, Set.of("headers", "bodyStructure", "preview")));
  }

  /** The state of Emails. */
  public State emailState() {
    return roles().find(EmailType.TYPE.changesRole()).orElseThrow().state(context());
  }

  /** What happened to Emails since. */
  public Changes emailChanges(State since) {
    return roles()
        .find(EmailType.TYPE.changesRole())
        .orElseThrow()
        .changes(context(), since, 10_000)
        .orElseThrow();
  }

  /** Changes the keywords of Emails. */
  public Map<Id, UpdateOutcome<Email>> keywords(List<Id> ids, SetChange<String> change) {
    return update(ids, change, SetChange.none());
  }

  /** Changes the Mailboxes of Emails. */
  public Map<Id, UpdateOutcome<Email>> move(List<Id> ids, SetChange<Id> change) {
    return update(ids, SetChange.none(), change);
  }

  private Map<Id, UpdateOutcome<Email>> update(
      List<Id> ids, SetChange<String> keywords, SetChange<Id> mailboxIds) {
    Map<Id, EmailUpdate> updates = new LinkedHashMap<>();
    ids.forEach(id -> updates.put(id, new EmailUpdate(id, keywords, mailboxIds)));
    return roles()
        .find(EmailType.TYPE.writeRole())
        .orElseThrow()
        .update(context(), updates, Arguments.none());
  }

  /** Destroys Emails. */
  public Map<Id, DestroyOutcome> destroy(Set<Id> ids) {
    return roles()
        .find(EmailType.TYPE.writeRole())
        .orElseThrow()
        .destroy(context(), ids, Arguments.none());
  }

  /** Stores a message. */
  public CreateOutcome<Email> create(NewEmail email) {
    return roles()
        .find(EmailType.TYPE.writeRole())
        .orElseThrow()
        .create(context(), Map.of("k", email), Arguments.none())
        .values()
        .iterator()
        .next();
  }

  /** Creates a Mailbox. */
  public CreateOutcome<Mailbox> create(MailboxCreation mailbox) {
    return roles()
        .find(MailboxType.TYPE.writeRole())
        .orElseThrow()
        .create(context(), Map.of("k", mailbox), Arguments.none())
        .values()
        .iterator()
        .next();
  }

  /** Destroys a Mailbox. */
  public DestroyOutcome destroyMailbox(Id id, Arguments arguments) {
    return roles()
        .find(MailboxType.TYPE.writeRole())
        .orElseThrow()
        .destroy(context(), Set.of(id), arguments)
        .values()
        .iterator()
        .next();
  }
}
