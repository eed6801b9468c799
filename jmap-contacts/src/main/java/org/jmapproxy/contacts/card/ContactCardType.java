package org.jmapproxy.contacts.card;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jmapproxy.contacts.ContactsLimits;
import org.jmapproxy.contacts.jscontact.CardValidator;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.type.DataType;
import org.jmapproxy.core.type.DataTypeBuilder;
import org.jmapproxy.core.type.DynamicProperties;
import org.jmapproxy.core.type.Property;
import org.jmapproxy.core.type.StandardMethod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** The data type ContactCard (RFC 9610 section 3), with all standard methods. */
public final class ContactCardType {

  /** The declaration. */
  public static final DataType<ContactCard, NewContactCard, ContactCardUpdate> TYPE = declare();

  private ContactCardType() {}

  private static DataType<ContactCard, NewContactCard, ContactCardUpdate> declare() {
    DataTypeBuilder<ContactCard, NewContactCard, ContactCardUpdate> type =
        DataType.named("ContactCard", ContactsLimits.URN, ContactCard::id);
    type.property(
        Property.writable(
            ContactCardDecoder.BOOKS, JsonType.idSet(), ContactCardType::addressBookIds));
    for (String name : new TreeSet<>(CardValidator.properties())) {
      type.property(member(name));
    }
    ContactCardFilters.ALL.forEach(type::filter);
    ContactCardSorts.ALL.forEach(type::sort);
    return type.dynamicProperties(new OtherMembers())
        .methods(
            StandardMethod.CHANGES,
            StandardMethod.SET,
            StandardMethod.COPY,
            StandardMethod.QUERY,
            StandardMethod.QUERY_CHANGES)
        .creations(ContactCardDecoder::creation)
        .updates(ContactCardDecoder::update)
        .copyRecipe(new ContactCardCopy())
        .build();
  }

  private static JsonNode addressBookIds(ContactCard card) {
    ObjectNode ids = JsonNodeFactory.instance.objectNode();
    card.addressBookIds().forEach(id -> ids.put(id.value(), true));
    return ids;
  }

  /** A member of the Card, checked with the whole Card; what is not there is not shown. */
  private static Property<ContactCard> member(String name) {
    JsonType type = name.equals("media") ? new MediaType() : JsonType.ANY;
    return Property.<ContactCard>writable(name, type, card -> card.card().path(name)).asOptional();
  }

  /** Members that RFC 9553 does not know. */
  private static final class OtherMembers implements DynamicProperties<ContactCard> {

    @Override
    public Optional<Property<ContactCard>> find(String name) {
      return Optional.of(member(name));
    }

    @Override
    public Set<String> namesOf(ContactCard card) {
      return Set.copyOf(card.card().propertyNames());
    }
  }

  /** Media by id, in which {@code blobId} is an identifier. */
  private static final class MediaType implements JsonType {

    @Override
    public Optional<String> problem(JsonNode value) {
      return Optional.empty();
    }

    @Override
    public JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
      if (!value.isObject()) {
        return value;
      }
      ObjectNode mapped = value.asObject().deepCopy();
      mapped.properties().forEach(entry -> MEDIUM.mapIds(entry.getValue(), resolver));
      return mapped;
    }

    @Override
    public JsonType member(String name) {
      return MEDIUM;
    }
  }

  private static final JsonType MEDIUM =
      new JsonType() {
        @Override
        public Optional<String> problem(JsonNode value) {
          return Optional.empty();
        }

        @Override
        public JsonNode mapIds(JsonNode value, UnaryOperator<String> resolver) {
          if (value.isObject() && value.path("blobId").isString()) {
            String id = value.path("blobId").stringValue();
            value.asObject().set("blobId", StringNode.valueOf(resolver.apply(id)));
          }
          return value;
        }

        @Override
        public JsonType member(String name) {
          return name.equals("blobId") ? ID : ANY;
        }
      };
}
