package org.jmapproxy.mail.testkit;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxRules;
import org.jmapproxy.mail.mailbox.MailboxTree;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.mailbox.MailboxUpdate;
import org.jmapproxy.mail.mailbox.MailboxUpdates;

/** Reads and writes Mailboxes. */
record MailboxRoles(MailStore store)
    implements ReadRole<Mailbox>, WriteRole<Mailbox, MailboxCreation, MailboxUpdate> {

  @Override
  public List<Mailbox> read(CallContext context, ReadRequest request) {
    List<Mailbox> all = store.allMailboxes();
    return request
        .ids()
        .map(ids -> all.stream().filter(mailbox -> ids.contains(mailbox.id())).toList())
        .orElse(all);
  }

  @Override
  public Map<String, CreateOutcome<Mailbox>> create(
      CallContext context, Map<String, MailboxCreation> creations, Arguments arguments) {
    Map<String, CreateOutcome<Mailbox>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, creation) -> outcomes.put(creationId, store.change(() -> create(creation))));
    return outcomes;
  }

  private CreateOutcome<Mailbox> create(MailboxCreation creation) {
    return rules()
        .refuseCreation(creation)
        .<CreateOutcome<Mailbox>>map(CreateOutcome.NotCreated::new)
        .orElseGet(() -> new CreateOutcome.Created<>(store.create(creation)));
  }

  @Override
  public Map<Id, UpdateOutcome<Mailbox>> update(
      CallContext context, Map<Id, MailboxUpdate> updates, Arguments arguments) {
    AtomicInteger names = new AtomicInteger();
    return store.change(
        () ->
            new MailboxUpdates(
                    MailLimits.standard(),
                    this::tree,
                    this::update,
                    () -> "aside " + names.incrementAndGet())
                .run(updates));
  }

  private UpdateOutcome<Mailbox> update(MailboxUpdate update) {
    Optional<SetError> refusal = rules().refuseUpdate(update);
    if (refusal.isPresent()) {
      return new UpdateOutcome.NotUpdated<>(refusal.get());
    }
    Mailbox before = tree().find(update.id()).orElseThrow();
    store.replace(update.applyTo(before));
    return UpdateOutcome.updated();
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    boolean removeEmails = arguments.get(MailboxType.ON_DESTROY_REMOVE_EMAILS);
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    tree()
        .childrenFirst(ids)
        .forEach(id -> outcomes.put(id, store.change(() -> destroy(id, removeEmails))));
    return outcomes;
  }

  private DestroyOutcome destroy(Id id, boolean removeEmails) {
    Optional<SetError> refusal = rules().refuseDestruction(id, removeEmails);
    if (refusal.isPresent()) {
      return new DestroyOutcome.NotDestroyed(refusal.get());
    }
    for (Email email : store.emailsIn(id)) {
      Set<Id> others = new HashSet<>(email.mailboxIds());
      others.remove(id);
      if (others.isEmpty()) {
        store.removeEmail(email);
      } else {
        store.update(email, others, email.keywords());
      }
    }
    store.removeMailbox(id);
    return new DestroyOutcome.Destroyed();
  }

  private MailboxTree tree() {
    return MailboxTree.of(store.allMailboxes());
  }

  private MailboxRules rules() {
    return new MailboxRules(tree(), MailLimits.standard());
  }
}
