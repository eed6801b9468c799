package org.jmapproxy.contacts.vcard;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Generates Cards with a bit of everything that RFC 9553 has, and with what it does not have. */
final class AnyCard {

  private static final List<String> WORDS =
      List.of(
          "Jane",
          "van Gogh",
          "a,b;c:d",
          "back\\slash\\n",
          "two\nlines",
          "Ünïcödé 孫中山 \uD83D\uDE00",
          " spaced ",
          "\"quoted\" ^n ^^",
          "x".repeat(200),
          "BEGIN:VCARD\r\nEND:VCARD",
          "tel:+1-555",
          "_$!<Home>!$_",
          "ä".repeat(80));

  private final Random random;

  AnyCard(long seed) {
    random = new Random(seed);
  }

  ObjectNode next() {
    ObjectNode card = JsonNodeFactory.instance.objectNode();
    card.put("@type", "Card").put("version", "2.0");
    maybe(() -> card.put("uid", "urn:uuid:" + random.nextInt(1000)));
    maybe(() -> card.put("kind", one("individual", "group", "org", "device", "example.com:robot")));
    maybe(() -> card.put("language", one("en", "de-AT")));
    maybe(() -> card.put("created", "2020-01-0" + (1 + random.nextInt(9)) + "T10:20:30Z"));
    maybe(() -> card.put("updated", one("2021-10-31T22:27:10Z", "2021-10-31T22:27:10.123Z")));
    maybe(() -> card.put("prodId", word()));
    maybe(() -> name(card.putObject("name")));
    entries(card, "nicknames", e -> common(e.put("name", word())));
    entries(card, "organizations", this::organization);
    entries(card, "titles", e -> title(e));
    entries(card, "emails", e -> labelled(e.put("address", word())));
    entries(card, "phones", this::phone);
    entries(card, "onlineServices", this::service);
    entries(card, "preferredLanguages", e -> common(e.put("language", one("fr", "en"))));
    entries(card, "addresses", this::address);
    entries(card, "anniversaries", this::anniversary);
    entries(card, "notes", this::note);
    entries(card, "media", e -> resource(e.put("kind", one("photo", "logo", "sound"))));
    entries(card, "links", this::resource);
    entries(card, "cryptoKeys", this::resource);
    entries(card, "calendars", e -> resource(e.put("kind", one("calendar", "freeBusy"))));
    entries(card, "directories", e -> resource(e.put("kind", one("entry", "directory"))));
    entries(card, "schedulingAddresses", e -> labelled(e.put("uri", "mailto:a@example.com")));
    entries(card, "personalInfo", this::personalInfo);
    maybe(() -> card.putObject("keywords").put(word(), true).put("second", true));
    maybe(() -> card.putObject("members").put("urn:uuid:1", true).put(word(), true));
    maybe(() -> related(card.putObject("relatedTo")));
    maybe(() -> speakToAs(card.putObject("speakToAs")));
    maybe(() -> card.putObject("example.com:open").put("any", random.nextInt()).putNull("none"));
    maybe(() -> card.set("unknown", JsonNodeFactory.instance.arrayNode().add(1.5).add(word())));
    maybe(() -> localize(card));
    return card;
  }

  private void name(ObjectNode name) {
    maybe(() -> name.put("full", word()));
    maybe(() -> components(name, "surname", "given", "given2", "title", "surname2", "generation"));
    if (name.has("components")) {
      maybe(() -> name.putObject("sortAs").put("surname", word()));
    } else {
      name.put("full", word());
    }
  }

  private void components(ObjectNode object, String... kinds) {
    ArrayNode components = object.putArray("components");
    int count = 1 + random.nextInt(4);
    boolean ordered = random.nextBoolean();
    for (int i = 0; i < count; i++) {
      ObjectNode component = components.addObject();
      component.put("kind", one(kinds)).put("value", word());
      if (random.nextInt(6) == 0) {
        component.put("phonetic", word());
        object.put("phoneticSystem", "ipa");
      }
      if (ordered && i + 1 < count && random.nextInt(3) == 0) {
        components.addObject().put("kind", "separator").put("value", one("-", ", ", ";"));
      }
    }
    if (ordered) {
      object.put("isOrdered", true);
      maybe(() -> object.put("defaultSeparator", one(" ", ", ", "\\")));
    }
  }

  private void organization(ObjectNode entry) {
    entry.put("name", word());
    maybe(() -> entry.put("sortAs", word()));
    maybe(() -> entry.putArray("units").addObject().put("name", word()).put("sortAs", "u"));
    maybe(() -> entry.putObject("contexts").put("work", true));
  }

  private void title(ObjectNode entry) {
    entry.put("name", word());
    maybe(() -> entry.put("kind", one("title", "role")));
    maybe(() -> entry.put("organizationId", "k0"));
  }

  private void phone(ObjectNode entry) {
    entry.put("number", one("tel:+1-555-555-5555;ext=1", "+49 30 1234", word()));
    maybe(() -> entry.putObject("features").put("mobile", true).put("main-number", true));
    labelled(entry);
  }

  private void service(ObjectNode entry) {
    entry.put("user", word());
    maybe(() -> entry.put("uri", one("xmpp:a@example.com", "https://example.com/@foo")));
    maybe(() -> entry.put("service", one("Mastodon", "Skype", word())));
    maybe(() -> entry.put("vCardName", one("impp", "x-socialprofile", "x-skype", "socialprofile")));
    labelled(entry);
  }

  private void address(ObjectNode entry) {
    maybe(() -> components(entry, "name", "number", "locality", "apartment", "country", "floor"));
    maybe(() -> entry.put("full", word()));
    maybe(() -> entry.put("countryCode", one("de", "US")));
    maybe(() -> entry.put("coordinates", one("geo:12.34,-56.7", "geo:1,2;u=3")));
    maybe(() -> entry.put("timeZone", "Europe/Berlin"));
    if (entry.isEmpty()) {
      entry.put("timeZone", "Etc/UTC");
    }
    common(entry);
  }

  private void anniversary(ObjectNode entry) {
    entry.put("kind", one("birth", "death", "wedding", "example.com:graduation"));
    ObjectNode date = entry.putObject("date");
    switch (random.nextInt(5)) {
      case 0 -> date.put("@type", "Timestamp").put("utc", "1953-10-15T23:10:00Z");
      case 1 -> date.put("year", 1953);
      case 2 -> date.put("month", 2).put("day", 29);
      case 3 -> date.put("year", 2000).put("month", 12);
      default -> date.put("year", 1604).put("month", 1).put("day", 2);
    }
    maybe(() -> date.put("calendarScale", "hebrew"));
    maybe(() -> entry.putObject("place").put(one("full", "coordinates"), one("geo:1,2", word())));
  }

  private void note(ObjectNode entry) {
    entry.put("note", word());
    maybe(() -> entry.put("created", "2022-11-23T15:01:32Z"));
    maybe(() -> entry.putObject("author").put(one("name", "uri"), word()));
  }

  private void resource(ObjectNode entry) {
    entry.put(
        "uri",
        one("https://example.com/a,b;c", "data:image/png;base64,iVBORw0KGgo=", "CID:x@example"));
    maybe(() -> entry.put("mediaType", "image/png"));
    labelled(entry);
  }

  private void personalInfo(ObjectNode entry) {
    entry.put("kind", one("expertise", "hobby", "interest")).put("value", word());
    maybe(() -> entry.put("level", one("high", "medium", "low")));
    maybe(() -> entry.put("listAs", 1 + random.nextInt(9)));
    maybe(() -> entry.put("label", word()));
  }

  private void related(ObjectNode relatedTo) {
    relatedTo.putObject("urn:uuid:2").putObject("relation").put("friend", true);
    maybe(() -> relatedTo.putObject(word()).putObject("relation").put("example.com:x", true));
  }

  private void speakToAs(ObjectNode speakToAs) {
    speakToAs.put("grammaticalGender", one("neuter", "common"));
    entries(speakToAs, "pronouns", e -> common(e.put("pronouns", word())));
  }

  private void localize(ObjectNode card) {
    ObjectNode patch = card.putObject("localizations").putObject(one("fr", "ja-Latn"));
    maybe(() -> patch.put("name/full", "loc" + word()));
    if (card.path("titles").has("k0")) {
      patch.put("titles/k0/name", "loc" + word());
    }
    if (card.path("addresses").has("k0")) {
      patch.putObject("addresses/k0").put("full", "loc" + word());
    }
    maybe(() -> patch.put("nowhere/at/all", word()));
  }

  private void labelled(ObjectNode entry) {
    common(entry);
    maybe(() -> entry.put("label", word()));
  }

  private void common(ObjectNode entry) {
    maybe(() -> entry.putObject("contexts").put(one("private", "work", "example.com:x"), true));
    maybe(() -> entry.put("pref", 1 + random.nextInt(100)));
    maybe(() -> entry.put("example.com:more", word()));
  }

  private void entries(ObjectNode parent, String name, Consumer<ObjectNode> fill) {
    for (int i = random.nextInt(8) - 5; i > 0; i--) {
      boolean first = !parent.has(name);
      ObjectNode entries = first ? parent.putObject(name) : parent.path(name).asObject();
      fill.accept(entries.putObject("k" + entries.size()));
    }
  }

  private void maybe(Runnable change) {
    if (random.nextInt(3) == 0) {
      change.run();
    }
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
