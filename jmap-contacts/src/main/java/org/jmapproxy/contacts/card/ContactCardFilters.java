package org.jmapproxy.contacts.card;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.core.query.FilterProperty;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What ContactCards can be filtered by (RFC 9610 section 3.3.1). */
public final class ContactCardFilters {

  /** {@code inAddressBook}. */
  public static final FilterProperty<ContactCard, Id> IN_ADDRESS_BOOK =
      FilterProperty.of(
          "inAddressBook",
          JsonType.ID,
          value -> Id.of(value.stringValue()),
          (card, id) -> card.addressBookIds().contains(id));

  static final List<FilterProperty<ContactCard, ?>> ALL =
      List.of(
          IN_ADDRESS_BOOK,
          exact("uid", (card, uid) -> card.path("uid").asString("").equals(uid)),
          exact("hasMember", (card, uid) -> card.path("members").has(uid)),
          exact("kind", (card, kind) -> card.path("kind").asString("individual").equals(kind)),
          time("createdBefore", "created", Instant::isBefore),
          time("createdAfter", "created", (time, bound) -> !time.isBefore(bound)),
          time("updatedBefore", "updated", Instant::isBefore),
          time("updatedAfter", "updated", (time, bound) -> !time.isBefore(bound)),
          text("text", CardTexts::all),
          text("name", CardTexts::name),
          text("name/given", card -> CardTexts.nameComponents(card, "given")),
          text("name/surname", card -> CardTexts.nameComponents(card, "surname")),
          text("name/surname2", card -> CardTexts.nameComponents(card, "surname2")),
          text("nickname", card -> CardTexts.entries(card, "nicknames", "name")),
          text("organization", card -> CardTexts.entries(card, "organizations", "name")),
          text("email", card -> CardTexts.entries(card, "emails", "address", "label")),
          text("phone", card -> CardTexts.entries(card, "phones", "number", "label")),
          text(
              "onlineService",
              card -> CardTexts.entries(card, "onlineServices", "service", "uri", "user", "label")),
          text("address", CardTexts::addresses),
          text("note", card -> CardTexts.entries(card, "notes", "note")));

  private ContactCardFilters() {}

  private static FilterProperty<ContactCard, String> exact(
      String name, BiPredicate<ObjectNode, String> test) {
    return FilterProperty.of(
        name,
        JsonType.STRING,
        JsonNode::stringValue,
        (card, value) -> test.test(card.card(), value));
  }

  private static FilterProperty<ContactCard, Instant> time(
      String name, String member, BiPredicate<Instant, Instant> test) {
    return FilterProperty.of(
        name,
        JsonType.UTC_DATE,
        value -> Dates.parseInstant(value.stringValue()).orElseThrow(),
        (card, bound) -> instant(card, member).filter(time -> test.test(time, bound)).isPresent());
  }

  static Optional<Instant> instant(ContactCard card, String member) {
    return Dates.parseInstant(card.card().path(member).asString(""));
  }

  private static FilterProperty<ContactCard, CardText> text(
      String name, Function<ObjectNode, List<String>> texts) {
    return FilterProperty.of(
        name,
        JsonType.STRING,
        value -> CardText.parse(value.stringValue()),
        (card, wanted) -> wanted.matches(texts.apply(card.card())));
  }
}
