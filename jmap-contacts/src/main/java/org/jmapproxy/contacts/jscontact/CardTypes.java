package org.jmapproxy.contacts.jscontact;

import static org.jmapproxy.contacts.jscontact.ValueType.ANY;
import static org.jmapproxy.contacts.jscontact.ValueType.BOOLEAN;
import static org.jmapproxy.contacts.jscontact.ValueType.ID;
import static org.jmapproxy.contacts.jscontact.ValueType.LANGUAGE;
import static org.jmapproxy.contacts.jscontact.ValueType.NOT_EMPTY;
import static org.jmapproxy.contacts.jscontact.ValueType.POSITION;
import static org.jmapproxy.contacts.jscontact.ValueType.PREF;
import static org.jmapproxy.contacts.jscontact.ValueType.STRING;
import static org.jmapproxy.contacts.jscontact.ValueType.URI;
import static org.jmapproxy.contacts.jscontact.ValueType.UTC;
import static org.jmapproxy.contacts.jscontact.ValueType.integer;
import static org.jmapproxy.contacts.jscontact.ValueType.listOf;
import static org.jmapproxy.contacts.jscontact.ValueType.mapOf;
import static org.jmapproxy.contacts.jscontact.ValueType.oneOf;
import static org.jmapproxy.contacts.jscontact.ValueType.setOf;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The object types of RFC 9553 section 2. */
final class CardTypes {

  private static final ValueType CONTEXTS = setOf(oneOf("private", "work"));
  private static final ValueType PHONETIC_SYSTEM = oneOf("ipa", "jyut", "piny");

  private static final String[] NAME_KINDS = {
    "title", "given", "given2", "surname", "surname2", "credential", "generation", "separator"
  };

  private static final ObjectType ADDRESS =
      components(
              new ObjectType("Address"),
              "AddressComponent",
              "room",
              "apartment",
              "floor",
              "building",
              "number",
              "name",
              "block",
              "subdistrict",
              "district",
              "locality",
              "region",
              "postcode",
              "country",
              "direction",
              "landmark",
              "postOfficeBox",
              "separator")
          .with("countryCode", STRING)
          .with("coordinates", URI)
          .with("timeZone", NOT_EMPTY)
          .with("contexts", setOf(oneOf("private", "work", "billing", "delivery")))
          .with("full", STRING)
          .with("pref", PREF)
          .atLeastOne("components", "coordinates", "countryCode", "full", "timeZone");

  static final ObjectType CARD =
      new ObjectType("Card")
          .mandatory("@type", ValueType.simple("must be Card", v -> v.asString("").equals("Card")))
          .mandatory(
              "version",
              ValueType.simple(
                  "must be 1.0 or 2.0",
                  v -> v.isString() && v.stringValue().matches("1\\.0|2\\.0")))
          .with("created", UTC)
          .with("kind", oneOf("individual", "group", "org", "location", "device", "application"))
          .with("language", LANGUAGE)
          .with("members", setOf(NOT_EMPTY))
          .with("prodId", NOT_EMPTY)
          .with("relatedTo", mapOf(STRING, relation()))
          .with("uid", NOT_EMPTY)
          .with("updated", UTC)
          .with("name", name())
          .with("nicknames", entries(preferred("Nickname").mandatory("name", STRING)))
          .with("organizations", entries(organization()))
          .with("speakToAs", speakToAs())
          .with("titles", entries(title()))
          .with("emails", entries(labelled("EmailAddress").mandatory("address", NOT_EMPTY)))
          .with(
              "onlineServices",
              entries(
                  labelled("OnlineService")
                      .with("service", STRING)
                      .with("uri", URI)
                      .with("user", STRING)
                      .atLeastOne("uri", "user")))
          .with("phones", entries(phone()))
          .with(
              "preferredLanguages",
              entries(preferred("LanguagePref").mandatory("language", LANGUAGE)))
          .with(
              "calendars",
              entries(resource("Calendar").mandatory("kind", oneOf("calendar", "freeBusy"))))
          .with("schedulingAddresses", entries(labelled("SchedulingAddress").mandatory("uri", URI)))
          .with("addresses", entries(ADDRESS))
          .with("cryptoKeys", entries(cryptoKey()))
          .with(
              "directories",
              entries(
                  resource("Directory")
                      .mandatory("kind", oneOf("directory", "entry"))
                      .with("listAs", POSITION)))
          .with("links", entries(resource("Link").with("kind", oneOf("contact"))))
          .with("media", entries(media()))
          .with("localizations", mapOf(LANGUAGE, localization()))
          .with("anniversaries", entries(anniversary()))
          .with("keywords", setOf(NOT_EMPTY))
          .with("notes", entries(note()))
          .with("personalInfo", entries(personalInfo()))
          .holding(CardTypes::groups);

  private CardTypes() {}

  private static ValueType entries(ObjectType type) {
    return mapOf(ID, type);
  }

  private static ObjectType preferred(String name) {
    return new ObjectType(name).with("contexts", CONTEXTS).with("pref", PREF);
  }

  private static ObjectType labelled(String name) {
    return preferred(name).with("label", STRING);
  }

  private static ObjectType resource(String name) {
    return labelled(name).with("kind", STRING).mandatory("uri", URI).with("mediaType", STRING);
  }

  /** A blob may stand in for the URI. */
  private static ObjectType media() {
    return labelled("Media")
        .mandatory("kind", oneOf("photo", "sound", "logo"))
        .with("uri", URI)
        .with("blobId", ID)
        .with("mediaType", STRING)
        .atLeastOne("uri", "blobId")
        .holding(
            (prefix, media) ->
                media.has("uri") && media.has("blobId")
                    ? List.of(new CardProblem(prefix + "blobId", "must not be beside uri"))
                    : List.of());
  }

  /** Of the draft on cryptographic keys, a set of keys needs no URI. */
  private static ObjectType cryptoKey() {
    return labelled("CryptoKey")
        .with("@type", oneOf("CryptoKey", "JsonWebKeySet"))
        .with("kind", STRING)
        .with("uri", URI)
        .with("mediaType", STRING)
        .with("jsonWebKeys", ANY)
        .atLeastOne("uri", "jsonWebKeys");
  }

  private static ObjectType relation() {
    return new ObjectType("Relation")
        .with(
            "relation",
            setOf(
                oneOf(
                    "acquaintance",
                    "agent",
                    "child",
                    "co-resident",
                    "co-worker",
                    "colleague",
                    "contact",
                    "crush",
                    "date",
                    "emergency",
                    "friend",
                    "kin",
                    "me",
                    "met",
                    "muse",
                    "neighbor",
                    "parent",
                    "sibling",
                    "spouse",
                    "sweetheart")));
  }

  private static ObjectType name() {
    return components(new ObjectType("Name"), "NameComponent", NAME_KINDS)
        .with("full", STRING)
        .with("sortAs", mapOf(oneOf(NAME_KINDS), STRING))
        .atLeastOne("components", "full");
  }

  private static ObjectType components(ObjectType type, String component, String... kinds) {
    return type.with(
            "components",
            listOf(
                new ObjectType(component)
                    .mandatory("value", STRING)
                    .mandatory("kind", oneOf(kinds))
                    .with("phonetic", STRING)))
        .with("isOrdered", BOOLEAN)
        .with("defaultSeparator", STRING)
        .with("phoneticScript", STRING)
        .with("phoneticSystem", PHONETIC_SYSTEM)
        .holding(CardTypes::orderOfComponents);
  }

  private static List<CardProblem> orderOfComponents(String prefix, JsonNode object) {
    List<CardProblem> problems = new ArrayList<>();
    JsonNode components = object.path("components");
    boolean ordered = object.path("isOrdered").asBoolean(false);
    if (object.has("defaultSeparator") && (!ordered || !object.has("components"))) {
      problems.add(
          new CardProblem(prefix + "defaultSeparator", "needs components that are ordered"));
    }
    boolean content = false;
    boolean phonetic = object.has("phoneticSystem") || object.has("phoneticScript");
    for (int i = 0; components.isArray() && i < components.size(); i++) {
      boolean separator = components.get(i).path("kind").asString("").equals("separator");
      content |= !separator;
      if (separator && !ordered) {
        problems.add(new CardProblem(prefix + "components/" + i, "separates what is not ordered"));
      }
      if (components.get(i).has("phonetic") && !phonetic) {
        problems.add(
            new CardProblem(
                prefix + "components/" + i + "/phonetic",
                "needs phoneticSystem or phoneticScript"));
      }
    }
    if (components.isArray() && !components.isEmpty() && !content) {
      problems.add(new CardProblem(prefix + "components", "must not be separators alone"));
    }
    return problems;
  }

  private static ObjectType organization() {
    return new ObjectType("Organization")
        .with("name", STRING)
        .with(
            "units",
            listOf(new ObjectType("OrgUnit").mandatory("name", STRING).with("sortAs", STRING)))
        .with("sortAs", STRING)
        .with("contexts", CONTEXTS)
        .atLeastOne("name", "units");
  }

  private static ObjectType speakToAs() {
    return new ObjectType("SpeakToAs")
        .with(
            "grammaticalGender",
            oneOf("animate", "common", "feminine", "inanimate", "masculine", "neuter"))
        .with("pronouns", entries(preferred("Pronouns").mandatory("pronouns", STRING)))
        .atLeastOne("grammaticalGender", "pronouns");
  }

  private static ObjectType title() {
    return new ObjectType("Title")
        .mandatory("name", STRING)
        .with("kind", oneOf("title", "role"))
        .with("organizationId", ID);
  }

  private static ObjectType phone() {
    return labelled("Phone")
        .mandatory("number", NOT_EMPTY)
        .with(
            "features",
            setOf(
                oneOf(
                    "mobile",
                    "voice",
                    "text",
                    "video",
                    "main-number",
                    "textphone",
                    "fax",
                    "pager")));
  }

  private static ObjectType anniversary() {
    return new ObjectType("Anniversary")
        .mandatory("kind", oneOf("birth", "death", "wedding"))
        .mandatory("date", AnniversaryDate.TYPE)
        .with("place", ADDRESS);
  }

  private static ObjectType note() {
    return new ObjectType("Note")
        .mandatory("note", STRING)
        .with("created", UTC)
        .with(
            "author",
            new ObjectType("Author")
                .with("name", STRING)
                .with("uri", URI)
                .atLeastOne("name", "uri"));
  }

  private static ObjectType personalInfo() {
    return new ObjectType("PersonalInfo")
        .mandatory("kind", oneOf("expertise", "hobby", "interest"))
        .mandatory("value", STRING)
        .with("level", oneOf("high", "medium", "low"))
        .with("listAs", integer(1, 9007199254740991L))
        .with("label", STRING);
  }

  /** Paths do not go into {@code localizations} themselves; values are the reader's to judge. */
  private static ValueType localization() {
    return mapOf(
        ValueType.simple(
            "must not be about localizations",
            key -> !key.asString("").startsWith("localizations")),
        ANY);
  }

  private static List<CardProblem> groups(String prefix, JsonNode card) {
    return card.has("members") && !card.path("kind").asString("").equals("group")
        ? List.of(new CardProblem("kind", "must be group, for there are members"))
        : List.of();
  }
}
