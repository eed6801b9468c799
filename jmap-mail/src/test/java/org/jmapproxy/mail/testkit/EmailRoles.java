package org.jmapproxy.mail.testkit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.capability.MailLimits;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailProperties;
import org.jmapproxy.mail.email.EmailRules;
import org.jmapproxy.mail.email.EmailUpdate;
import org.jmapproxy.mail.email.NewEmail;
import org.jmapproxy.mail.mailbox.Mailbox;

/** Reads and writes Emails. */
record EmailRoles(MailStore store)
    implements ReadRole<Email>, WriteRole<Email, NewEmail, EmailUpdate> {

  @Override
  public List<Email> read(CallContext context, ReadRequest request) {
    List<Email> found =
        request
            .ids()
            .map(ids -> ids.stream().flatMap(id -> store.email(id).stream()).toList())
            .orElseGet(store::allEmails);
    return found.stream().map(email -> only(email, request.properties())).toList();
  }

  /** Leaves out what was not asked for, as a backend would that saves work. */
  private static Email only(Email email, Set<String> properties) {
    return new Email(
        email.id(),
        email.blobId(),
        email.threadId(),
        email.mailboxIds(),
        email.keywords(),
        email.size(),
        email.receivedAt(),
        email.hasAttachment(),
        email.preview(),
        email.headers().filter(h -> EmailProperties.needsHeaders(properties)),
        email.bodyStructure().filter(s -> EmailProperties.needsStructure(properties)));
  }

  @Override
  public Map<String, CreateOutcome<Email>> create(
      CallContext context, Map<String, NewEmail> creations, Arguments arguments) {
    Map<String, CreateOutcome<Email>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, creation) -> outcomes.put(creationId, store.change(() -> create(creation))));
    return outcomes;
  }

  private CreateOutcome<Email> create(NewEmail creation) {
    return rules()
        .refuseCreation(creation)
        .<CreateOutcome<Email>>map(CreateOutcome.NotCreated::new)
        .orElseGet(() -> new CreateOutcome.Created<>(store.create(creation)));
  }

  @Override
  public Map<Id, UpdateOutcome<Email>> update(
      CallContext context, Map<Id, EmailUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<Email>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, store.change(() -> update(id, update))));
    return outcomes;
  }

  private UpdateOutcome<Email> update(Id id, EmailUpdate update) {
    Optional<Email> before = store.email(id);
    Optional<SetError> refusal =
        before.isEmpty()
            ? Optional.of(SetError.notFound())
            : rules().refuseUpdate(before.get(), update);
    if (refusal.isPresent()) {
      return new UpdateOutcome.NotUpdated<>(refusal.get());
    }
    Email email = before.orElseThrow();
    store.update(
        email,
        update.mailboxIds().applyTo(email.mailboxIds()),
        update.keywords().applyTo(email.keywords()));
    return UpdateOutcome.updated();
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, store.change(() -> destroy(id))));
    return outcomes;
  }

  private DestroyOutcome destroy(Id id) {
    Optional<Email> email = store.email(id);
    if (email.isEmpty()) {
      return new DestroyOutcome.NotDestroyed(SetError.notFound());
    }
    store.removeEmail(email.get());
    return new DestroyOutcome.Destroyed();
  }

  private EmailRules rules() {
    Map<Id, Mailbox> mailboxes = new HashMap<>();
    store.allMailboxes().forEach(mailbox -> mailboxes.put(mailbox.id(), mailbox));
    return new EmailRules(mailboxes, MailLimits.standard());
  }
}
