package org.jmapproxy.backend.imap.internal.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.UpdateOutcome.NotUpdated;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.capability.MailLimits;
import org.jmapproxy.mail.mailbox.Mailbox;
import org.jmapproxy.mail.mailbox.MailboxCreation;
import org.jmapproxy.mail.mailbox.MailboxTree;
import org.jmapproxy.mail.mailbox.MailboxType;
import org.jmapproxy.mail.mailbox.MailboxUpdate;
import org.jmapproxy.mail.mailbox.MailboxUpdates;

/** Changes Mailboxes: on the server first, then in the replica, then the answer. */
public final class MailboxWriting implements WriteRole<Mailbox, MailboxCreation, MailboxUpdate> {
  private final Desk desk;

  /** Changes the Mailboxes of one account. */
  public MailboxWriting(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Map<String, CreateOutcome<Mailbox>> create(
      CallContext context, Map<String, MailboxCreation> creations, Arguments arguments) {
    Map<String, CreateOutcome<Mailbox>> outcomes = new LinkedHashMap<>();
    Optional<SetError> unreachable = FirstContact.refusal(desk, context.deadline());
    creations.forEach(
        (creationId, creation) ->
            outcomes.put(
                creationId,
                unreachable
                    .<CreateOutcome<Mailbox>>map(CreateOutcome.NotCreated::new)
                    .orElseGet(() -> new CreateMailbox(desk, context).run(creation))));
    return outcomes;
  }

  @Override
  public Map<Id, UpdateOutcome<Mailbox>> update(
      CallContext context, Map<Id, MailboxUpdate> updates, Arguments arguments) {
    Optional<SetError> unreachable = FirstContact.refusal(desk, context.deadline());
    if (unreachable.isPresent()) {
      Map<Id, UpdateOutcome<Mailbox>> outcomes = new LinkedHashMap<>();
      updates.keySet().forEach(id -> outcomes.put(id, new NotUpdated<>(unreachable.get())));
      return outcomes;
    }
    UpdateMailbox one = new UpdateMailbox(desk, context);
    return new MailboxUpdates(
            MailLimits.standard(),
            () -> MailboxTree.of(desk.mailboxes(context)),
            one::run,
            () -> "aside-" + UUID.randomUUID())
        .run(updates);
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    Optional<SetError> unreachable = FirstContact.refusal(desk, context.deadline());
    boolean removeEmails = arguments.get(MailboxType.ON_DESTROY_REMOVE_EMAILS);
    for (Id id : MailboxTree.of(desk.mailboxes(context)).childrenFirst(ids)) {
      outcomes.put(
          id,
          unreachable
              .<DestroyOutcome>map(DestroyOutcome.NotDestroyed::new)
              .orElseGet(() -> new DestroyMailbox(desk, context).run(id, removeEmails)));
    }
    return outcomes;
  }
}
