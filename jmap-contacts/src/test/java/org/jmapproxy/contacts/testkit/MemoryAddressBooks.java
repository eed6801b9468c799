package org.jmapproxy.contacts.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.contacts.addressbook.AddressBook;
import org.jmapproxy.contacts.addressbook.AddressBookRights;
import org.jmapproxy.contacts.addressbook.AddressBookRules;
import org.jmapproxy.contacts.addressbook.AddressBookType;
import org.jmapproxy.contacts.addressbook.AddressBookUpdate;
import org.jmapproxy.contacts.addressbook.NewAddressBook;
import org.jmapproxy.contacts.card.ContactCard;
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

/** Reads and writes AddressBooks. */
record MemoryAddressBooks(MemoryContacts contacts)
    implements ReadRole<AddressBook>, WriteRole<AddressBook, NewAddressBook, AddressBookUpdate> {

  @Override
  public List<AddressBook> read(CallContext context, ReadRequest request) {
    return MemoryContacts.some(contacts.books(), request.ids());
  }

  @Override
  public Map<String, CreateOutcome<AddressBook>> create(
      CallContext context, Map<String, NewAddressBook> creations, Arguments arguments) {
    Map<String, CreateOutcome<AddressBook>> outcomes = new LinkedHashMap<>();
    creations.forEach(
        (creationId, creation) ->
            outcomes.put(creationId, contacts.change(() -> create(creation))));
    return outcomes;
  }

  private CreateOutcome<AddressBook> create(NewAddressBook creation) {
    AddressBook book =
        new AddressBook(
            contacts.newId("A"),
            creation.name(),
            creation.description(),
            creation.sortOrder(),
            contacts.books().isEmpty(),
            creation.isSubscribed(),
            creation.shareWith(),
            AddressBookRights.all());
    contacts.put(book);
    return new CreateOutcome.Created<>(book);
  }

  @Override
  public Map<Id, UpdateOutcome<AddressBook>> update(
      CallContext context, Map<Id, AddressBookUpdate> updates, Arguments arguments) {
    Map<Id, UpdateOutcome<AddressBook>> outcomes = new LinkedHashMap<>();
    updates.forEach((id, update) -> outcomes.put(id, contacts.change(() -> update(id, update))));
    return outcomes;
  }

  private UpdateOutcome<AddressBook> update(Id id, AddressBookUpdate update) {
    AddressBook before = contacts.books().get(id);
    Optional<SetError> refusal =
        before == null
            ? Optional.of(SetError.notFound())
            : AddressBookRules.refuseUpdate(before, update);
    if (before == null || refusal.isPresent()) {
      return new UpdateOutcome.NotUpdated<>(refusal.orElseThrow());
    }
    contacts.put(update.applyTo(before));
    return UpdateOutcome.updated();
  }

  @Override
  public Map<Id, DestroyOutcome> destroy(CallContext context, Set<Id> ids, Arguments arguments) {
    boolean remove = arguments.get(AddressBookType.ON_DESTROY_REMOVE_CONTENTS);
    Map<Id, DestroyOutcome> outcomes = new LinkedHashMap<>();
    ids.forEach(id -> outcomes.put(id, contacts.change(() -> destroy(id, remove))));
    return outcomes;
  }

  private DestroyOutcome destroy(Id id, boolean removeContents) {
    AddressBook book = contacts.books().get(id);
    List<ContactCard> contents = contacts.cardsIn(id);
    Optional<SetError> refusal =
        book == null
            ? Optional.of(SetError.notFound())
            : AddressBookRules.refuseDestruction(book, !contents.isEmpty(), removeContents);
    if (refusal.isPresent()) {
      return new DestroyOutcome.NotDestroyed(refusal.get());
    }
    contents.forEach(card -> contacts.takeOut(card, id));
    contacts.removeBook(id);
    return new DestroyOutcome.Destroyed();
  }
}
