package org.jmapproxy.backend.imap.internal.outbox;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.submission.EmailSubmission;
import org.jmapproxy.mail.submission.NewSubmission;
import org.jmapproxy.mail.submission.SubmissionUpdate;
import org.jmapproxy.mail.submission.UndoStatus;

/** Creates, cancels and forgets submissions. */
record SubmissionWriting(Outbox outbox)
    implements WriteRole<EmailSubmission, NewSubmission, SubmissionUpdate> {

  /** A server that does not answer to the first is not waited for again. */
  @Override
  public Map<String, CreateOutcome<EmailSubmission>> create(
      CallContext context, Map<String, NewSubmission> creations, Arguments arguments) {
    Map<String, CreateOutcome<EmailSubmission>> outcomes = new LinkedHashMap<>();
    boolean atOnce = true;
    for (Map.Entry<String, NewSubmission> creation : creations.entrySet()) {
      CreateOutcome<EmailSubmission> outcome =
          outbox.submit(creation.getValue(), atOnce, context.deadline());
      outcomes.put(creation.getKey(), outcome);
      atOnce &= creation.getValue().releaseAt().isPresent() || !isPending(outcome);
    }
    return outcomes;
  }

  private static boolean isPending(CreateOutcome<EmailSubmission> outcome) {
    return outcome instanceof CreateOutcome.Created<EmailSubmission> created
        && created.object().undoStatus() == UndoStatus.PENDING;
  }

  @Override
  public Map<Id, UpdateOutcome<EmailSubmission>> update(
      CallContext context, Map<Id, SubmissionUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<EmailSubmission>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, update(id, update)));
    return outcomes;
  }

  private UpdateOutcome<EmailSubmission> update(Id id, SubmissionUpdate update) {
    Optional<EmailSubmission> now = outbox.find(id);
    Optional<SetError> refusal =
        now.isEmpty()
            ? Optional.of(SetError.notFound())
            : update.cancels() ? outbox.cancel(id) : Optional.empty();
    if (refusal.isPresent()) {
      return new UpdateOutcome.NotUpdated<>(refusal.get());
    }
    return update.cancels()
        ? new UpdateOutcome.Updated<>(outbox.find(id), Set.of("deliveryStatus"))
        : UpdateOutcome.updated();
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    for (Id id : ids) {
      outcomes.put(
          id,
          outbox.forget(id)
              ? new DestroyOutcome.Destroyed()
              : new DestroyOutcome.NotDestroyed(SetError.notFound()));
    }
    return outcomes;
  }
}
