package org.jmapproxy.backend.imap.internal.sieve;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jmapproxy.backend.imap.internal.store.KeptScript;
import org.jmapproxy.backend.imap.internal.store.ScriptStore.SeenScript;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.error.MethodError;
import org.jmapproxy.core.error.MethodException;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.id.State;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Changes;
import org.jmapproxy.core.spi.ChangesRole;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.sieve.NewSieveScript;
import org.jmapproxy.mail.sieve.SieveRole;
import org.jmapproxy.mail.sieve.SieveScript;
import org.jmapproxy.mail.sieve.SieveScriptType;
import org.jmapproxy.mail.sieve.SieveScriptUpdate;
import org.jmapproxy.mail.sieve.SieveTerms;

/** The roles of SieveScript, on the scripts of a ManageSieve server. Thread-safe. */
public final class ScriptRoles
    implements ReadRole<SieveScript>,
        WriteRole<SieveScript, NewSieveScript, SieveScriptUpdate>,
        ChangesRole,
        SieveRole {

  private final ScriptBook book;
  private final List<String> addresses;
  private final Clock clock;

  /**
   * The roles of an account.
   *
   * @param addresses the user's own, for the vacation response
   */
  public ScriptRoles(ScriptBook book, List<String> addresses, Clock clock) {
    this.book = book;
    this.addresses = List.copyOf(addresses);
    this.clock = clock;
  }

  /** Adds the roles. */
  public void addTo(Roles.Builder roles, boolean mayWrite) {
    roles
        .with(SieveScriptType.TYPE.readRole(), this)
        .with(SieveScriptType.TYPE.changesRole(), this)
        .with(SieveRole.ROLE, this);
    if (mayWrite) {
      roles.with(SieveScriptType.TYPE.writeRole(), this);
    }
  }

  @Override
  public State state(CallContext context) {
    List<KeptScript> unused = book.scripts(context);
    return book.store().changes().state(context);
  }

  @Override
  public Optional<Changes> changes(CallContext context, State since, int maxChanges) {
    List<KeptScript> unused = book.scripts(context);
    return book.store().changes().changes(context, since, maxChanges);
  }

  @Override
  public List<SieveScript> read(CallContext context, ReadRequest request) {
    Optional<Set<Id>> wanted = request.ids().map(HashSet::new);
    return book.scripts(context).stream()
        .filter(script -> wanted.isEmpty() || wanted.get().contains(script.id()))
        .map(
            script ->
                new SieveScript(script.id(), script.name(), script.blobId(), script.isActive()))
        .toList();
  }

  @Override
  public Map<String, CreateOutcome<SieveScript>> create(
      CallContext context, Map<String, NewSieveScript> creations, Arguments arguments) {
    return book.change(
        work -> {
          ScriptWriting writing = new ScriptWriting(work, addresses, clock);
          Map<String, CreateOutcome<SieveScript>> outcomes = new LinkedHashMap<>();
          creations.forEach((key, creation) -> outcomes.put(key, writing.create(creation)));
          return outcomes;
        });
  }

  @Override
  public Map<Id, UpdateOutcome<SieveScript>> update(
      CallContext context, Map<Id, SieveScriptUpdate> updates, Arguments arguments) {
    return book.change(
        work -> {
          ScriptWriting writing = new ScriptWriting(work, addresses, clock);
          Map<Id, UpdateOutcome<SieveScript>> outcomes = new LinkedHashMap<>();
          updates.forEach((id, update) -> outcomes.put(id, writing.update(id, update)));
          return outcomes;
        });
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    return book.change(
        work -> {
          ScriptWriting writing = new ScriptWriting(work, addresses, clock);
          Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
          ids.forEach(id -> outcomes.put(id, writing.destroy(id)));
          return outcomes;
        });
  }

  @Override
  public SieveTerms terms() {
    SieveCapabilities known =
        book.server().capabilities().orElseGet(() -> new SieveCapabilities(Map.of()));
    return new SieveTerms(
        known.implementation(),
        SieveTerms.LEAST_SIZE_OF_NAME,
        OptionalLong.of(SieveWire.LONGEST_STRING),
        OptionalLong.empty(),
        known.maxRedirects(),
        known.extensions(),
        known.notificationMethods(),
        known.externalLists());
  }

  @Override
  public Optional<String> problem(CallContext context, String text) {
    return book.change(
        work -> {
          if (!work.isModern()) {
            throw new MethodException(MethodError.accountNotSupportedByMethod());
          }
          return work.problem(text);
        });
  }

  @Override
  public List<SieveScript> activate(CallContext context, Optional<Id> id) {
    return book.change(
        work -> {
          Scripts before = work.now();
          Optional<SeenScript> wanted = id.flatMap(before::find);
          if (id.isPresent() && wanted.isEmpty()) {
            return List.of();
          }
          ScriptActivation activation = new ScriptActivation(work, addresses);
          Optional<SetError> refusal =
              work.attempt(
                  () -> wanted.ifPresentOrElse(activation::activate, activation::deactivate),
                  isActive(wanted));
          refusal.ifPresent(ScriptRoles::refuse);
          return changed(before, work.now(), id);
        });
  }

  private static Predicate<Scripts> isActive(Optional<SeenScript> wanted) {
    return now -> now.active().map(SeenScript::name).equals(wanted.map(SeenScript::name));
  }

  private static void refuse(SetError error) {
    throw new MethodException(new MethodError(error.type(), error.description(), error.members()));
  }

  /** The scripts that became active or inactive, and the one that was asked for. */
  private static List<SieveScript> changed(Scripts before, Scripts now, Optional<Id> asked) {
    List<SieveScript> changed = new ArrayList<>();
    for (SeenScript script : now.all()) {
      boolean was = script.id().flatMap(before::find).map(SeenScript::isActive).orElse(false);
      if (was != script.isActive() || (asked.isPresent() && asked.equals(script.id()))) {
        changed.add(
            new SieveScript(
                script.id().orElseThrow(),
                script.name(),
                KeptScript.blobId(script.text()),
                script.isActive()));
      }
    }
    return changed;
  }
}
