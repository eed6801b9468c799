package org.jmapproxy.contacts.testkit;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.card.ContactCard;
import org.jmapproxy.contacts.card.ContactCardRules;
import org.jmapproxy.contacts.card.ContactCardUpdate;
import org.jmapproxy.contacts.card.NewContactCard;
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

/** Reads and writes ContactCards. */
record MemoryContactCards(MemoryContacts contacts)
    implements ReadRole<ContactCard>, WriteRole<ContactCard, NewContactCard, ContactCardUpdate> {

  @Override
  public List<ContactCard> read(CallContext context, ReadRequest request) {
    return MemoryContacts.some(contacts.cards(), request.ids());
  }

  @Override
  public Map<String, CreateOutcome<ContactCard>> create(
      CallContext context, Map<String, NewContactCard> creations, Arguments arguments) {
    Map<String, CreateOutcome<ContactCard>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, creation) ->
            outcomes.put(creationId, contacts.change(() -> create(creation))));
    return outcomes;
  }

  private CreateOutcome<ContactCard> create(NewContactCard creation) {
    Set<String> added = ContactCardRules.complete(creation.card(), Instant.now());
    ContactCard card =
        new ContactCard(contacts.newId("C"), creation.addressBookIds(), creation.card());
    Optional<SetError> refusal =
        contacts.rules().refuseCreation(creation, contacts.withUid(card.uid(), Optional.empty()));
    if (refusal.isPresent()) {
      return new CreateOutcome.NotCreated<>(refusal.get());
    }
    contacts.put(card);
    return new CreateOutcome.Created<>(card, added);
  }

  @Override
  public Map<Id, UpdateOutcome<ContactCard>> update(
      CallContext context, Map<Id, ContactCardUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<ContactCard>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, contacts.change(() -> update(id, update))));
    return outcomes;
  }

  private UpdateOutcome<ContactCard> update(Id id, ContactCardUpdate update) {
    ContactCard before = contacts.cards().get(id);
    if (before == null) {
      return new UpdateOutcome.NotUpdated<>(SetError.notFound());
    }
    ContactCard after = update.applyTo(before);
    Optional<SetError> refusal =
        contacts
            .rules()
            .refuseUpdate(before, after, contacts.withUid(after.uid(), Optional.of(id)));
    if (refusal.isPresent()) {
      return new UpdateOutcome.NotUpdated<>(refusal.get());
    }
    Set<String> touched = ContactCardRules.touch(after.card(), update, Instant.now());
    contacts.put(after);
    return new UpdateOutcome.Updated<>(Optional.of(after), touched);
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, contacts.change(() -> destroy(id))));
    return outcomes;
  }

  private DestroyOutcome destroy(Id id) {
    ContactCard card = contacts.cards().get(id);
    Optional<SetError> refusal =
        card == null ? Optional.of(SetError.notFound()) : contacts.rules().refuseDestruction(card);
    if (refusal.isPresent()) {
      return new DestroyOutcome.NotDestroyed(refusal.get());
    }
    contacts.removeCard(id);
    return new DestroyOutcome.Destroyed();
  }
}
