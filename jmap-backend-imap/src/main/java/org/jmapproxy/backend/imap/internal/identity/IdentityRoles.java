package org.jmapproxy.backend.imap.internal.identity;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.Committed;
import org.jmapproxy.backend.imap.internal.store.IdentityStore;
import org.jmapproxy.backend.imap.internal.sync.Publisher;
import org.jmapproxy.core.argument.Arguments;
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

/**
 * Reads and writes Identities.
 *
 * @param store where they are
 * @param publisher tells clients
 */
public record IdentityRoles(IdentityStore store, Publisher publisher)
    implements ReadRole<Identity>, WriteRole<Identity, NewIdentity, IdentityUpdate> {

  /** Adds the roles of Identity. */
  public void addTo(Roles.Builder roles) {
    roles
        .with(IdentityType.TYPE.readRole(), this)
        .with(IdentityType.TYPE.changesRole(), store.changes())
        .with(IdentityType.TYPE.writeRole(), this);
  }

  @Override
  public List<Identity> read(CallContext context, ReadRequest request) {
    Optional<Set<Id>> wanted = request.ids().map(Set::copyOf);
    return store.all().stream()
        .filter(identity -> wanted.isEmpty() || wanted.get().contains(identity.id()))
        .toList();
  }

  @Override
  public Map<String, CreateOutcome<Identity>> create(
      CallContext context, Map<String, NewIdentity> creations, Arguments arguments) {
    Map<String, CreateOutcome<Identity>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, creation) -> {
          IdentityStore.Added added = store.add(creation);
          publisher.publish(added.committed());
          outcomes.put(creationId, new CreateOutcome.Created<>(added.identity()));
        });
    return outcomes;
  }

  @Override
  public Map<Id, UpdateOutcome<Identity>> update(
      CallContext context, Map<Id, IdentityUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<Identity>> outcomes = new LinkedHashMap<>();
    updates.forEach(
        (id, update) -> {
          Optional<Committed> committed = store.change(id, update::applyTo);
          committed.ifPresent(publisher::publish);
          outcomes.put(
              id,
              committed.isPresent()
                  ? UpdateOutcome.updated()
                  : new UpdateOutcome.NotUpdated<>(SetError.notFound()));
        });
    return outcomes;
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, Identity> known = new HashMap<>();
    store.all().forEach(identity -> known.put(identity.id(), identity));
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    Set<Id> doomed = new LinkedHashSet<>();
    for (Id id : ids) {
      Optional<SetError> refusal = refusal(Optional.ofNullable(known.get(id)));
      if (refusal.isEmpty()) {
        doomed.add(id);
      }
      outcomes.put(
          id,
          refusal
              .<DestroyOutcome>map(DestroyOutcome.NotDestroyed::new)
              .orElseGet(DestroyOutcome.Destroyed::new));
    }
    publisher.publish(store.remove(doomed));
    return outcomes;
  }

  private static Optional<SetError> refusal(Optional<Identity> identity) {
    if (identity.isEmpty()) {
      return Optional.of(SetError.notFound());
    }
    return identity.get().mayDelete()
        ? Optional.empty()
        : Optional.of(SetError.forbidden("the account's settings name this address"));
  }
}
