package org.jmapproxy.contacts.internal.convert;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/** The parameters of RFC 9555 section 2.3 that several properties share. */
final class ParameterRules {

  /** {@code PREF}, and {@code TYPE=pref} of version 3.0. */
  static final ParameterRule PREF = new Pref();

  /** {@code TYPE=home,work}. */
  static final ParameterRule CONTEXTS =
      typeSet("contexts", keys("home", "private", "work", "work"));

  /** {@code TYPE} of addresses (RFC 9554 sections 5.1 and 5.2). */
  static final ParameterRule ADDRESS_CONTEXTS =
      typeSet(
          "contexts",
          keys("home", "private", "work", "work", "billing", "billing", "delivery", "delivery"));

  /** What phones can do (Table 3). */
  static final ParameterRule FEATURES =
      typeSet(
          "features",
          keys(
              "cell",
              "mobile",
              "fax",
              "fax",
              "main-number",
              "main-number",
              "pager",
              "pager",
              "text",
              "text",
              "textphone",
              "textphone",
              "video",
              "video",
              "voice",
              "voice"));

  static final ParameterRule MEDIA_TYPE = same("MEDIATYPE", "mediaType");

  static final ParameterRule COUNTRY_CODE = same("CC", "countryCode");

  static final ParameterRule COORDINATES = same("GEO", "coordinates");

  static final ParameterRule TIME_ZONE = same("TZ", "timeZone");

  static final ParameterRule LIST_AS = new ListAs();

  /** {@code LEVEL} of interests and hobbies. */
  static final ParameterRule LEVEL =
      mapped("LEVEL", "level", keys("high", "high", "medium", "medium", "low", "low"));

  /** {@code LEVEL} of expertise (section 2.3.13). */
  static final ParameterRule EXPERTISE_LEVEL =
      mapped("LEVEL", "level", keys("beginner", "low", "average", "medium", "expert", "high"));

  static final ParameterRule CREATED =
      converted(
          "CREATED", "created", Timestamps::read, utc -> Timestamps.write(utc, VCardVersion.V4_0));

  /** {@code AUTHOR} and {@code AUTHOR-NAME}. */
  static final ParameterRule AUTHOR = new Author();

  private ParameterRules() {}

  private static Map<String, String> keys(String... typesAndKeys) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (int i = 0; i < typesAndKeys.length; i += 2) {
      keys.put(typesAndKeys[i], typesAndKeys[i + 1]);
    }
    return keys;
  }

  private static ParameterRule typeSet(String member, Map<String, String> keys) {
    return new ParameterRule() {
      @Override
      public void read(ParameterCursor parameters, ObjectNode entry) {
        keys.forEach(
            (type, key) -> {
              if (parameters.takeType(type)) {
                Members.make(entry, member).put(key, true);
              }
            });
      }

      @Override
      public void write(ObjectNode entry, LineDraft line, VCardVersion version) {
        keys.forEach(
            (type, key) -> {
              if (Members.has(entry, member, key)) {
                line.addType(type);
              }
            });
      }
    };
  }

  private static ParameterRule same(String parameter, String member) {
    return converted(parameter, member, Optional::of, Optional::of);
  }

  private static ParameterRule mapped(
      String parameter, String member, Map<String, String> toMember) {
    Map<String, String> toParameter = new LinkedHashMap<>();
    toMember.forEach((from, to) -> toParameter.put(to, from));
    return converted(
        parameter,
        member,
        value -> Optional.ofNullable(toMember.get(value.toLowerCase(Locale.ROOT))),
        value -> Optional.ofNullable(toParameter.get(value)));
  }

  /** A parameter of one value that is a string in the entry. */
  static ParameterRule converted(
      String parameter,
      String member,
      Function<String, Optional<String>> reader,
      Function<String, Optional<String>> writer) {
    return new ParameterRule() {
      @Override
      public void read(ParameterCursor parameters, ObjectNode entry) {
        parameters
            .take(parameter, value -> !value.isEmpty() && reader.apply(value).isPresent())
            .flatMap(reader)
            .ifPresent(value -> entry.put(member, value));
      }

      @Override
      public void write(ObjectNode entry, LineDraft line, VCardVersion version) {
        line.set(
            parameter, Members.string(entry, member).filter(v -> !v.isEmpty()).flatMap(writer));
      }
    };
  }

  private static final class Pref implements ParameterRule {

    @Override
    public void read(ParameterCursor parameters, ObjectNode entry) {
      parameters
          .take("PREF", value -> value.matches("0{0,3}[1-9][0-9]?|0?100"))
          .ifPresent(value -> entry.put("pref", Integer.parseInt(value)));
      if (parameters.takeType("pref") && !entry.has("pref")) {
        entry.put("pref", 1);
      }
    }

    @Override
    public void write(ObjectNode entry, LineDraft line, VCardVersion version) {
      Optional<Integer> pref = Members.position(entry, "pref").filter(value -> value <= 100);
      if (version == VCardVersion.V3_0 && pref.equals(Optional.of(1))) {
        line.addType("pref");
      } else {
        line.set("PREF", pref.map(String::valueOf));
      }
    }
  }

  private static final class ListAs implements ParameterRule {

    @Override
    public void read(ParameterCursor parameters, ObjectNode entry) {
      parameters
          .take("INDEX", value -> value.matches("0*[1-9][0-9]{0,8}"))
          .ifPresent(value -> entry.put("listAs", Integer.parseInt(value)));
    }

    @Override
    public void write(ObjectNode entry, LineDraft line, VCardVersion version) {
      line.set("INDEX", Members.position(entry, "listAs").map(String::valueOf));
    }
  }

  private static final class Author implements ParameterRule {

    @Override
    public void read(ParameterCursor parameters, ObjectNode entry) {
      parameters.take("AUTHOR").ifPresent(uri -> Members.make(entry, "author").put("uri", uri));
      parameters
          .take("AUTHOR-NAME")
          .ifPresent(name -> Members.make(entry, "author").put("name", name));
    }

    @Override
    public void write(ObjectNode entry, LineDraft line, VCardVersion version) {
      Optional<ObjectNode> author = Members.object(entry, "author");
      line.set("AUTHOR", author.flatMap(a -> Members.string(a, "uri")));
      line.set("AUTHOR-NAME", author.flatMap(a -> Members.string(a, "name")));
    }
  }
}
