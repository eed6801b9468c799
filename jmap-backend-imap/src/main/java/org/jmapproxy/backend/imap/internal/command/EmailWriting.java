package org.jmapproxy.backend.imap.internal.command;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailUpdate;
import org.jmapproxy.mail.email.NewEmail;

/** Changes Emails: on the server first, then in the replica, then the answer. */
public final class EmailWriting implements WriteRole<Email, NewEmail, EmailUpdate> {
  private final Desk desk;

  /** Changes the Emails of one account. */
  public EmailWriting(Desk desk) {
    this.desk = desk;
  }

  @Override
  public Map<String, CreateOutcome<Email>> create(
      CallContext context, Map<String, NewEmail> creations, Arguments arguments) {
    return unreachable(context)
        .map(error -> all(creations.keySet(), id -> notCreated(error)))
        .orElseGet(() -> new ImportEmails(desk, context).run(creations));
  }

  @Override
  public Map<Id, UpdateOutcome<Email>> update(
      CallContext context, Map<Id, EmailUpdate> updates, Arguments arguments) {
    return unreachable(context)
        .map(error -> all(updates.keySet(), id -> notUpdated(error)))
        .orElseGet(() -> new UpdateEmails(desk, context).run(updates));
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    return unreachable(context)
        .map(error -> all(ids, id -> notDestroyed(error)))
        .orElseGet(() -> new DestroyEmails(desk, context).run(ids));
  }

  private Optional<SetError> unreachable(CallContext context) {
    return FirstContact.refusal(desk, context.deadline());
  }

  private static CreateOutcome<Email> notCreated(SetError error) {
    return new CreateOutcome.NotCreated<>(error);
  }

  private static UpdateOutcome<Email> notUpdated(SetError error) {
    return new UpdateOutcome.NotUpdated<>(error);
  }

  private static DestroyOutcome notDestroyed(SetError error) {
    return new DestroyOutcome.NotDestroyed(error);
  }

  private static <K, V> Map<K, V> all(Collection<K> keys, Function<K, V> outcome) {
    Map<K, V> outcomes = new LinkedHashMap<>();
    keys.forEach(key -> outcomes.put(key, outcome.apply(key)));
    return outcomes;
  }
}
