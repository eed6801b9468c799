package org.jmapproxy.mail.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.sieve.NewSieveScript;
import org.jmapproxy.mail.sieve.SieveRole;
import org.jmapproxy.mail.sieve.SieveScript;
import org.jmapproxy.mail.sieve.SieveScriptUpdate;
import org.jmapproxy.mail.sieve.SieveTerms;

/** Sieve scripts in memory. It runs none and knows of their language only where a script ends. */
final class MemoryScripts
    implements ReadRole<SieveScript>,
        WriteRole<SieveScript, NewSieveScript, SieveScriptUpdate>,
        SieveRole {

  private static final SieveTerms TERMS =
      new SieveTerms(
          "Memory Sieve 1",
          SieveTerms.LEAST_SIZE_OF_NAME,
          OptionalLong.of(100_000),
          OptionalLong.empty(),
          OptionalLong.of(4),
          List.of("fileinto", "vacation"),
          Optional.of(List.of("mailto")),
          Optional.empty());

  private final Map<Id, SieveScript> scripts = new LinkedHashMap<>();
  private final Map<Id, String> texts = new LinkedHashMap<>();
  private final ChangeLog log = new ChangeLog();
  private final Consumer<State> published;
  private int last;

  /** No scripts at first. */
  MemoryScripts(Consumer<State> published) {
    this.published = published;
  }

  ChangesRole changes() {
    return log;
  }

  /** The blob of a script. */
  synchronized Optional<MemoryBlob> blob(Id blobId) {
    return Optional.ofNullable(texts.get(blobId))
        .map(text -> new MemoryBlob("application/sieve", text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public SieveTerms terms() {
    return TERMS;
  }

  @Override
  public Optional<String> problem(CallContext context, String text) {
    String bare = text.replaceAll("#[^\n]*", "").replaceAll("\"[^\"]*\"", "\"\"").strip();
    return bare.isEmpty() || bare.endsWith(";") || bare.endsWith("}")
        ? Optional.empty()
        : Optional.of("line " + text.lines().count() + ": the command has no end");
  }

  @Override
  public synchronized List<SieveScript> read(CallContext context, ReadRequest request) {
    return request
        .ids()
        .map(ids -> ids.stream().filter(scripts::containsKey).map(this::script).toList())
        .orElseGet(() -> List.copyOf(scripts.values()));
  }

  @Override
  public synchronized Map<String, CreateOutcome<SieveScript>> create(
      CallContext context, Map<String, NewSieveScript> creations, Arguments arguments) {
    Map<String, CreateOutcome<SieveScript>> outcomes = new LinkedHashMap<>();
    creations.forEach((key, creation) -> outcomes.put(key, create(context, creation)));
    return outcomes;
  }

  private CreateOutcome<SieveScript> create(CallContext context, NewSieveScript creation) {
    last++;
    String name = creation.name().orElse("script " + last);
    Optional<SetError> refusal =
        taken(name, Optional.empty()).or(() -> invalid(context, creation.text()));
    if (refusal.isPresent()) {
      return new CreateOutcome.NotCreated<>(refusal.get());
    }
    SieveScript script = new SieveScript(Id.of("S" + last), name, blobOf(creation.text()), false);
    scripts.put(script.id(), script);
    published.accept(log.created(script.id()));
    return new CreateOutcome.Created<>(script);
  }

  @Override
  public synchronized Map<Id, UpdateOutcome<SieveScript>> update(
      CallContext context, Map<Id, SieveScriptUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<SieveScript>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, update(context, script(id), update)));
    return outcomes;
  }

  private UpdateOutcome<SieveScript> update(
      CallContext context, SieveScript before, SieveScriptUpdate update) {
    String name = update.name().orElse(before.name());
    Optional<SetError> refusal =
        taken(name, Optional.of(before.id()))
            .or(() -> update.text().flatMap(text -> invalid(context, text)));
    if (refusal.isPresent()) {
      return new UpdateOutcome.NotUpdated<>(refusal.get());
    }
    Id blobId = update.text().map(this::blobOf).orElse(before.blobId());
    SieveScript after = new SieveScript(before.id(), name, blobId, before.isActive());
    change(after);
    return new UpdateOutcome.Updated<>(
        Optional.of(after), update.text().isPresent() ? Set.of("blobId") : Set.of());
  }

  @Override
  public synchronized Map<Id, DestroyOutcome> destroy(
      CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, destroy(id)));
    return outcomes;
  }

  private DestroyOutcome destroy(Id id) {
    if (!scripts.containsKey(id)) {
      return new DestroyOutcome.NotDestroyed(SetError.notFound());
    }
    if (script(id).isActive()) {
      return new DestroyOutcome.NotDestroyed(SetError.of("sieveIsActive"));
    }
    scripts.remove(id);
    published.accept(log.destroyed(id));
    return new DestroyOutcome.Destroyed();
  }

  @Override
  public synchronized List<SieveScript> activate(CallContext context, Optional<Id> id) {
    List<SieveScript> changed = new ArrayList<>();
    for (SieveScript script : List.copyOf(scripts.values())) {
      boolean isActive = id.filter(script.id()::equals).isPresent();
      if (isActive != script.isActive()) {
        SieveScript after = new SieveScript(script.id(), script.name(), script.blobId(), isActive);
        change(after);
        changed.add(after);
      }
    }
    return changed;
  }

  private void change(SieveScript after) {
    scripts.put(after.id(), after);
    published.accept(log.updated(after.id()));
  }

  private SieveScript script(Id id) {
    return Objects.requireNonNull(scripts.get(id));
  }

  private Id blobOf(String text) {
    Id id = Id.of("T" + (texts.size() + 1));
    texts.put(id, text);
    return id;
  }

  private Optional<SetError> taken(String name, Optional<Id> self) {
    return scripts.values().stream()
        .filter(script -> script.name().equals(name) && !self.equals(Optional.of(script.id())))
        .findFirst()
        .map(script -> SetError.alreadyExists(script.id().value()));
  }

  private Optional<SetError> invalid(CallContext context, String text) {
    return problem(context, text).map(problem -> SetError.of("invalidSieve", problem));
  }
}
