package org.jmapproxy.contacts.addressbook;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.contacts.ContactsLimits;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectCreation;
import org.jmapproxy.core.type.ObjectUpdate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decodes creations and updates, and refuses values that no AddressBook may have. */
final class AddressBookDecoder {

  private static final int MAX_NAME = 255;
  private static final long MAX_SORT_ORDER = Integer.MAX_VALUE;

  private AddressBookDecoder() {}

  static Decoded<NewAddressBook> creation(ObjectCreation creation) {
    ObjectNode given = creation.properties();
    if (!ContactsLimits.of(creation.roles()).mayCreateAddressBook()) {
      return new Decoded.Invalid<>(SetError.forbidden("you may not create AddressBooks"));
    }
    Optional<SetError> refusal = refusal(given);
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return new Decoded.Valid<>(
        new NewAddressBook(
            given.path("name").stringValue(),
            string(given.path("description")),
            given.path("sortOrder").asLong(0),
            given.path("isSubscribed").asBoolean(true),
            shareWith(given.path("shareWith"))));
  }

  @SuppressWarnings("OptionalMapToOptional") // untouched and set to null are two things
  static Decoded<AddressBookUpdate> update(ObjectUpdate update) {
    ObjectNode after = update.after();
    Optional<SetError> refusal = refusal(after);
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return new Decoded.Valid<>(
        new AddressBookUpdate(
            update.id(),
            member(after, "name").map(JsonNode::stringValue),
            member(after, "description").map(AddressBookDecoder::string),
            after.has("sortOrder")
                ? OptionalLong.of(after.path("sortOrder").asLong())
                : OptionalLong.empty(),
            member(after, "isSubscribed").map(JsonNode::booleanValue),
            member(after, "shareWith").map(AddressBookDecoder::shareWith)));
  }

  private static Optional<SetError> refusal(ObjectNode given) {
    return member(given, "name")
        .flatMap(name -> nameProblem(name.stringValue()))
        .map(problem -> SetError.invalidProperty("name", problem))
        .or(
            () ->
                member(given, "sortOrder")
                    .filter(order -> order.asLong() > MAX_SORT_ORDER)
                    .map(order -> SetError.invalidProperty("sortOrder", "must be below 2^31")));
  }

  private static Optional<String> nameProblem(String name) {
    if (name.isEmpty()) {
      return Optional.of("must not be empty");
    }
    return name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME
        ? Optional.of("must not exceed " + MAX_NAME + " octets")
        : Optional.empty();
  }

  private static Optional<JsonNode> member(ObjectNode object, String name) {
    return Optional.ofNullable(object.get(name));
  }

  private static Optional<String> string(JsonNode value) {
    return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
  }

  private static Optional<Map<Id, AddressBookRights>> shareWith(JsonNode value) {
    if (!value.isObject()) {
      return Optional.empty();
    }
    Map<Id, AddressBookRights> rights = new LinkedHashMap<>();
    value
        .properties()
        .forEach(
            entry -> rights.put(Id.of(entry.getKey()), AddressBookRights.of(entry.getValue())));
    return Optional.of(rights);
  }
}
