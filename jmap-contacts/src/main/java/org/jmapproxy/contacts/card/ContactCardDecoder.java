package org.jmapproxy.contacts.card;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jmapproxy.contacts.ContactsLimits;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decodes creations and updates of ContactCards. */
final class ContactCardDecoder {

  static final String BOOKS = "addressBookIds";

  private ContactCardDecoder() {}

  static Decoded<NewContactCard> creation(ObjectCreation creation) {
    ObjectNode card = creation.properties();
    Set<Id> books = ids(card.path(BOOKS));
    card.remove(BOOKS);
    Optional<SetError> refusal =
        refuseBooks(books, creation.roles())
            .or(() -> ContactCardRules.refuseContent(card))
            .or(
                () ->
                    new MediaCheck(creation.call(), creation.roles())
                        .complete(card.path("media"), Set.of()));
    return refusal.isPresent()
        ? new Decoded.Invalid<>(refusal.get())
        : new Decoded.Valid<>(new NewContactCard(books, card));
  }

  static Decoded<ContactCardUpdate> update(ObjectUpdate update) {
    Map<String, Optional<JsonNode>> members = new LinkedHashMap<>();
    for (String name : update.before().propertyNames()) {
      members.put(
          name, Optional.ofNullable(update.after().get(name)).filter(value -> !value.isNull()));
    }
    Optional<Set<Id>> books =
        members.containsKey(BOOKS)
            ? Optional.of(ids(update.after().path(BOOKS)))
            : Optional.empty();
    members.remove(BOOKS);
    Optional<SetError> refusal =
        books
            .flatMap(ids -> refuseBooks(ids, update.roles()))
            .or(
                () ->
                    new MediaCheck(update.call(), update.roles())
                        .complete(
                            update.after().path("media"),
                            MediaCheck.blobIds(update.before().path("media"))));
    return refusal.isPresent()
        ? new Decoded.Invalid<>(refusal.get())
        : new Decoded.Valid<>(new ContactCardUpdate(update.id(), books, members));
  }

  private static Optional<SetError> refuseBooks(Set<Id> books, Roles roles) {
    if (books.isEmpty()) {
      return Optional.of(SetError.invalidProperty(BOOKS, "must name an AddressBook"));
    }
    OptionalInt max = ContactsLimits.of(roles).maxAddressBooksPerCard();
    return max.isPresent() && books.size() > max.getAsInt()
        ? Optional.of(
            SetError.invalidProperty(BOOKS, "maxAddressBooksPerCard is " + max.getAsInt()))
        : Optional.empty();
  }

  private static Set<Id> ids(JsonNode set) {
    Set<Id> ids = new LinkedHashSet<>();
    set.properties().forEach(entry -> ids.add(Id.of(entry.getKey())));
    return ids;
  }
}
