package org.jmapproxy.mail.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.argument.Arguments;
import org.jmapproxy.core.changes.ChangeLog;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.CreateOutcome;
import org.jmapproxy.core.spi.DestroyOutcome;
import org.jmapproxy.core.spi.ReadRequest;
import org.jmapproxy.core.spi.ReadRole;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.spi.UpdateOutcome;
import org.jmapproxy.core.spi.WriteRole;
import org.jmapproxy.mail.identity.Identity;
import org.jmapproxy.mail.identity.IdentityType;
import org.jmapproxy.mail.identity.IdentityUpdate;
import org.jmapproxy.mail.identity.NewIdentity;
import org.jmapproxy.mail.identity.Senders;

/** Identities in memory; that of the account's own address cannot be destroyed. Thread-safe. */
final class MemoryIdentities
    implements ReadRole<Identity>, WriteRole<Identity, NewIdentity, IdentityUpdate> {

  private final Map<Id, Identity> identities = new LinkedHashMap<>();
  private final ChangeLog log = new ChangeLog();
  private final Senders senders;
  private int lastNumber;

  MemoryIdentities(String email) {
    senders = new Senders(Set.of(email));
    add(new Identity(newId(), "", email, Optional.empty(), Optional.empty(), "", "", false));
  }

  void addTo(Roles.Builder roles) {
    roles
        .with(IdentityType.TYPE.readRole(), this)
        .with(IdentityType.TYPE.changesRole(), log)
        .with(IdentityType.TYPE.writeRole(), this)
        .with(Senders.ROLE, senders);
  }

  private Id newId() {
    lastNumber++;
    return Id.of("I" + lastNumber);
  }

  private Identity add(Identity identity) {
    identities.put(identity.id(), identity);
    log.created(identity.id());
    return identity;
  }

  @Override
  public synchronized List<Identity> read(CallContext context, ReadRequest request) {
    return identities.values().stream()
        .filter(one -> request.ids().map(ids -> ids.contains(one.id())).orElse(true))
        .toList();
  }

  @Override
  public synchronized Map<String, CreateOutcome<Identity>> create(
      CallContext context, Map<String, NewIdentity> creations, Arguments arguments) {
    Map<String, CreateOutcome<Identity>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (key, creation) ->
            outcomes.put(key, new CreateOutcome.Created<>(add(creation.as(newId())))));
    return outcomes;
  }

  @Override
  public synchronized Map<Id, UpdateOutcome<Identity>> update(
      CallContext context, Map<Id, IdentityUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<Identity>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, update(id, update)));
    return outcomes;
  }

  private UpdateOutcome<Identity> update(Id id, IdentityUpdate update) {
    Identity before = identities.get(id);
    if (before == null) {
      return new UpdateOutcome.NotUpdated<>(SetError.notFound());
    }
    Identity after = update.applyTo(before);
    if (!after.equals(before)) {
      identities.put(id, after);
      log.updated(id);
    }
    return UpdateOutcome.updated();
  }

  @Override
  public synchronized Map<Id, DestroyOutcome> destroy(
      CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, destroy(id)));
    return outcomes;
  }

  private DestroyOutcome destroy(Id id) {
    Identity identity = identities.get(id);
    if (identity == null) {
      return new DestroyOutcome.NotDestroyed(SetError.notFound());
    }
    if (!identity.mayDelete()) {
      return new DestroyOutcome.NotDestroyed(SetError.forbidden("it is the account's own"));
    }
    identities.remove(id);
    log.destroyed(id);
    return new DestroyOutcome.Destroyed();
  }
}
