package org.jmapproxy.backend.imap.internal.sieve;

import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jmapproxy.backend.imap.internal.store.KeptScript;
import org.jmapproxy.backend.imap.internal.store.ScriptStore.SeenScript;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.mail.sieve.NewSieveScript;
import org.jmapproxy.mail.sieve.SieveScript;
import org.jmapproxy.mail.sieve.SieveScriptUpdate;

/**
 * Creates, changes and destroys scripts, one after the other. The vacation response is left alone:
 * only VacationResponse/set changes it (RFC 9661 section 4).
 */
final class ScriptWriting {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("'script-'yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final ScriptWork work;
  private final ScriptActivation activation;
  private final Clock clock;

  ScriptWriting(ScriptWork work, List<String> addresses, Clock clock) {
    this.work = work;
    this.activation = new ScriptActivation(work, addresses);
    this.clock = clock;
  }

  CreateOutcome<SieveScript> create(NewSieveScript creation) {
    String name = creation.name().orElseGet(this::newName);
    Optional<SetError> refusal =
        nameProblem(name)
            .or(
                () ->
                    work.attempt(
                            () -> work.put(Optional.empty(), name, creation.text()),
                            has(name, creation.text()))
                        .map(error -> explained(error, creation.text(), "name")));
    return refusal
        .<CreateOutcome<SieveScript>>map(CreateOutcome.NotCreated::new)
        .orElseGet(() -> new CreateOutcome.Created<>(named(name)));
  }

  UpdateOutcome<SieveScript> update(Id id, SieveScriptUpdate update) {
    Optional<SeenScript> found = work.now().find(id);
    if (found.isEmpty()) {
      return new UpdateOutcome.NotUpdated<>(SetError.notFound());
    }
    SeenScript script = found.get();
    String name = update.name().orElse(script.name());
    Optional<String> text = update.text().filter(given -> !given.equals(script.text()));
    boolean isRenamed = !name.equals(script.name());
    if (!isRenamed && text.isEmpty()) {
      return updated(name, update);
    }
    if (script.name().equals(VacationScript.NAME)) {
      return new UpdateOutcome.NotUpdated<>(kept());
    }
    Optional<SetError> refusal = isRenamed ? nameProblem(name) : Optional.empty();
    if (refusal.isEmpty()) {
      refusal = isRenamed ? rename(script, name, text) : rewrite(script, text.orElse(""));
    }
    return refusal
        .<UpdateOutcome<SieveScript>>map(UpdateOutcome.NotUpdated::new)
        .orElseGet(() -> updated(name, update));
  }

  DestroyOutcome destroy(Id id) {
    Optional<SeenScript> found = work.now().find(id);
    Optional<SetError> refusal =
        found.isEmpty() ? Optional.of(SetError.notFound()) : destroy(found.get());
    return refusal
        .<DestroyOutcome>map(DestroyOutcome.NotDestroyed::new)
        .orElseGet(DestroyOutcome.Destroyed::new);
  }

  private Optional<SetError> destroy(SeenScript script) {
    if (script.name().equals(VacationScript.NAME)) {
      return Optional.of(kept());
    }
    if (script.runs() || work.now().isIncluded(script)) {
      return Optional.of(SetError.of("sieveIsActive", "deactivate the script first"));
    }
    return work.attempt(() -> work.delete(script.name()), now -> now.find(script.name()).isEmpty());
  }

  private Optional<SetError> rewrite(SeenScript script, String text) {
    return work.attempt(() -> work.put(script.id(), script.name(), text), has(script.name(), text))
        .map(error -> explained(error, text, "blobId"));
  }

  /** A name that another script names, or that the server cannot change, is changed by copying. */
  private Optional<SetError> rename(SeenScript script, String name, Optional<String> newText) {
    String text = newText.orElse(script.text());
    boolean isIncluded = work.now().isIncluded(script);
    Runnable command =
        isIncluded || newText.isPresent() || !work.isModern()
            ? () -> work.replace(script, name, text, () -> switchOver(script, isIncluded, name))
            : () -> work.rename(script.name(), name);
    return work.attempt(command, has(name, text).and(now -> now.find(script.name()).isEmpty()))
        .map(error -> explained(error, text, "name"));
  }

  private void switchOver(SeenScript script, boolean isIncluded, String name) {
    if (isIncluded) {
      work.now()
          .runningVacation()
          .ifPresent(vacation -> activation.include(vacation, Optional.of(name)));
    } else if (script.runs()) {
      work.connection().activate(name);
    }
  }

  /** A refusal without a code is about the text or about the name: the server is asked which. */
  private SetError explained(SetError error, String text, String property) {
    if (!error.type().equals("forbidden")) {
      return error;
    }
    String why = error.description().orElse("");
    Optional<String> problem = work.isModern() ? work.problem(text) : Optional.of(why);
    return problem
        .map(ScriptErrors::invalid)
        .orElseGet(() -> property.equals("name") ? SetError.invalidProperty("name", why) : error);
  }

  private Optional<SetError> nameProblem(String name) {
    Optional<SeenScript> taken = work.now().find(name);
    if (taken.isPresent()) {
      return taken.get().id().map(id -> SetError.alreadyExists(id.value()));
    }
    return name.equals(VacationScript.NAME)
        ? Optional.of(SetError.invalidProperty("name", "is that of the vacation response"))
        : Optional.empty();
  }

  private String newName() {
    String time = TIME.format(clock.instant());
    String name = time;
    for (int next = 2; work.now().find(name).isPresent(); next++) {
      name = time + "-" + next;
    }
    return name;
  }

  private UpdateOutcome<SieveScript> updated(String name, SieveScriptUpdate update) {
    return new UpdateOutcome.Updated<>(
        Optional.of(named(name)), update.text().isPresent() ? Set.of("blobId") : Set.of());
  }

  private SieveScript named(String name) {
    SeenScript script = work.now().find(name).orElseThrow();
    return new SieveScript(
        script.id().orElseThrow(), name, KeptScript.blobId(script.text()), script.isActive());
  }

  private static Predicate<Scripts> has(String name, String text) {
    return now -> now.find(name).filter(script -> script.text().equals(text)).isPresent();
  }

  private static SetError kept() {
    return SetError.forbidden("only VacationResponse/set changes the vacation response");
  }
}
