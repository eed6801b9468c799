package org.jmapproxy.contacts.internal.convert;

import static org.jmapproxy.contacts.internal.convert.ParameterRules.CONTEXTS;
import static org.jmapproxy.contacts.internal.convert.ParameterRules.LIST_AS;
import static org.jmapproxy.contacts.internal.convert.ParameterRules.MEDIA_TYPE;
import static org.jmapproxy.contacts.internal.convert.ParameterRules.PREF;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** All properties that become entries of maps, in the order in which they are written. */
final class EntryRules {

  static final EntryRule ADR =
      EntryRule.of(
              "ADR",
              "addresses",
              new AddressValue(),
              ParameterRules.ADDRESS_CONTEXTS,
              PREF,
              ParameterRules.COUNTRY_CODE,
              ParameterRules.COORDINATES,
              ParameterRules.TIME_ZONE,
              AddressValue.LABEL)
          .onlyIf(address -> !AddressValue.isOnlyAPlace(address));

  /** GEO, where it is not that of an address (RFC 9555 section 2.8.1). */
  static final EntryRule GEO =
      EntryRule.of("GEO", "addresses", PlaceValues.coordinates(), ParameterRules.TIME_ZONE)
          .onlyIf(AddressValue::isOnlyAPlace);

  /** TZ, where it is not that of an address (RFC 9555 section 2.8.2). */
  static final EntryRule TZ =
      EntryRule.of("TZ", "addresses", PlaceValues.timeZone()).onlyIf(AddressValue::isOnlyAPlace);

  static final EntryRule BDAY =
      EntryRule.of("BDAY", "anniversaries", new DateValue()).kind("birth");

  static final EntryRule DEATHDATE =
      EntryRule.of("DEATHDATE", "anniversaries", new DateValue()).kind("death");

  static final List<EntryRule> ALL = all();

  private EntryRules() {}

  private static List<EntryRule> all() {
    List<EntryRule> rules = new ArrayList<>();
    rules.add(
        EntryRule.of("NICKNAME", "nicknames", ValueRules.text("name"), CONTEXTS, PREF).listed());
    rules.add(EntryRule.of("ORG", "organizations", new OrganizationValue(), CONTEXTS));
    rules.add(
        EntryRule.of("ROLE", "titles", ValueRules.text("name")).kind("role").onlyIf(title -> true));
    rules.add(title());
    rules.add(
        EntryRule.of(
            "PRONOUNS", "speakToAs/pronouns", ValueRules.text("pronouns"), CONTEXTS, PREF));
    rules.add(
        EntryRule.of("EMAIL", "emails", ValueRules.text("address"), CONTEXTS, PREF).labelled());
    rules.add(
        EntryRule.of("TEL", "phones", ValueRules.phone(), CONTEXTS, ParameterRules.FEATURES, PREF)
            .labelled());
    rules.addAll(OnlineServiceRules.ALL);
    rules.add(
        EntryRule.of("LANG", "preferredLanguages", ValueRules.text("language"), CONTEXTS, PREF));
    rules.add(ADR);
    rules.add(GEO);
    rules.add(TZ);
    rules.addAll(anniversaries());
    rules.add(
        EntryRule.of(
            "NOTE",
            "notes",
            ValueRules.text("note"),
            ParameterRules.CREATED,
            ParameterRules.AUTHOR));
    rules.addAll(resources());
    rules.add(personalInfo("EXPERTISE", ParameterRules.EXPERTISE_LEVEL));
    rules.add(personalInfo("HOBBY", ParameterRules.LEVEL));
    rules.add(personalInfo("INTEREST", ParameterRules.LEVEL));
    return List.copyOf(rules);
  }

  /** A title without kind is a title. */
  private static EntryRule title() {
    return EntryRule.of(
            "TITLE",
            "titles",
            new ValueRule() {
              private final ValueRule name = ValueRules.text("name");

              @Override
              public boolean read(
                  org.jmapproxy.contacts.internal.line.ContentLine line,
                  ParameterCursor parameters,
                  ObjectNode entry) {
                entry.put("kind", "title");
                return name.read(line, parameters, entry);
              }

              @Override
              public boolean write(
                  ObjectNode entry,
                  LineDraft line,
                  org.jmapproxy.contacts.vcard.VCardVersion version) {
                return name.write(entry, line, version);
              }
            })
        .onlyIf(title -> !title.has("kind") || title.path("kind").asString("").equals("title"));
  }

  private static List<EntryRule> anniversaries() {
    List<EntryRule> rules = new ArrayList<>(List.of(BDAY, DEATHDATE));
    rules.add(EntryRule.of("ANNIVERSARY", "anniversaries", new DateValue()).kind("wedding"));
    for (String alias :
        List.of("X-ANNIVERSARY", "X-EVOLUTION-ANNIVERSARY", "X-KADDRESSBOOK-X-ANNIVERSARY")) {
      rules.add(EntryRule.of(alias, "anniversaries", new DateValue()).kind("wedding").alias());
    }
    return rules;
  }

  private static List<EntryRule> resources() {
    return List.of(
        resource("PHOTO", "media", MediaValue.IMAGE).kind("photo"),
        resource("LOGO", "media", MediaValue.IMAGE).kind("logo"),
        resource("SOUND", "media", MediaValue.AUDIO).kind("sound"),
        resource("CONTACT-URI", "links", ValueRules.uri("uri")).kind("contact"),
        resource("URL", "links", ValueRules.uri("uri")).onlyIf(link -> !link.has("kind")),
        resource("KEY", "cryptoKeys", MediaValue.KEY).onlyIf(key -> !key.has("kind")),
        resource("CALURI", "calendars", ValueRules.uri("uri")).kind("calendar"),
        resource("FBURL", "calendars", ValueRules.uri("uri")).kind("freeBusy"),
        EntryRule.of("CALADRURI", "schedulingAddresses", ValueRules.uri("uri"), CONTEXTS, PREF)
            .labelled(),
        EntryRule.of(
                "SOURCE", "directories", ValueRules.uri("uri"), CONTEXTS, PREF, MEDIA_TYPE, LIST_AS)
            .kind("entry")
            .labelled(),
        EntryRule.of(
                "ORG-DIRECTORY",
                "directories",
                ValueRules.uri("uri"),
                CONTEXTS,
                PREF,
                MEDIA_TYPE,
                LIST_AS)
            .kind("directory")
            .labelled());
  }

  private static EntryRule resource(String name, String map, ValueRule value) {
    return EntryRule.of(name, map, value, CONTEXTS, PREF, MEDIA_TYPE).labelled();
  }

  private static EntryRule personalInfo(String name, ParameterRule level) {
    return EntryRule.of(name, "personalInfo", ValueRules.text("value"), LIST_AS, level)
        .kind(ValueRules.lower(name))
        .labelled();
  }
}
