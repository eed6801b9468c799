package org.jmapproxy.contacts.internal.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Properties whose values are keys: CATEGORIES, MEMBER and RELATED. */
final class SetRules {

  private static final Pattern PREFIX = Pattern.compile("(?i)urn:uuid:");
  private static final List<String> RELATIONS =
      List.of(
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
          "sweetheart");

  private SetRules() {}

  /** Keywords of all lines, and of one line when written. */
  static List<String> readCategories(ContentLine line, Reading reading) {
    for (String keyword : Text.split(line.value(), ',')) {
      String text = Text.unescape(keyword).strip();
      if (!text.isEmpty()) {
        Members.make(reading.card(), "keywords").put(text, true);
      }
    }
    return List.of("keywords");
  }

  /** A member is the key itself. */
  static List<String> readMember(ContentLine line, Reading reading) {
    return addMember(ValueRules.plainUri(line.value()), reading);
  }

  /**
   * Apple, and others in its manner, write a member behind {@code urn:uuid:}, but UID without it.
   */
  static Optional<String> readAppleMember(ContentLine line, Reading reading) {
    String uri = ValueRules.plainUri(line.value());
    boolean prefixed = PREFIX.matcher(uri).lookingAt() && hasPlainUid(reading.card());
    return addMember(prefixed ? uri.substring(9) : uri, reading).stream().findFirst();
  }

  private static boolean hasPlainUid(ObjectNode card) {
    return !PREFIX.matcher(card.path("uid").asString("")).lookingAt();
  }

  private static List<String> addMember(String uid, Reading reading) {
    if (uid.isEmpty()) {
      return List.of();
    }
    Members.make(reading.card(), "members").put(uid, true);
    return List.of("members/" + Members.escape(uid));
  }

  static List<String> readRelated(ContentLine line, Reading reading) {
    String uri = ValueRules.plainUri(line.value());
    String key = ValueRules.isUri(uri) ? uri : Text.unescape(line.value());
    if (key.isBlank()) {
      return List.of();
    }
    String slot = "relatedTo/" + Members.escape(key);
    if (reading.at(slot).isPresent()) {
      addRelations(new ParameterCursor(line), reading.at(slot).get());
      return List.of(slot);
    }
    ObjectNode related = Members.make(reading.card(), slot);
    ParameterCursor cursor = new ParameterCursor(line);
    addRelations(cursor, related);
    cursor.keepRest(related);
    reading.belongs(line, slot);
    return List.of(slot);
  }

  private static void addRelations(ParameterCursor cursor, ObjectNode related) {
    ObjectNode relations = Members.make(related, "relation");
    for (String relation : RELATIONS) {
      if (cursor.takeType(relation)) {
        relations.put(relation, true);
      }
    }
  }

  static void writeCategories(Writing writing) {
    List<String> keywords = keys(writing.card(), "keywords");
    if (!keywords.isEmpty()) {
      writing.add("keywords", ContentLine.of("CATEGORIES", Text.joinList(keywords)));
    }
  }

  static void writeMembers(Writing writing) {
    boolean apple =
        writing.isVersion3() && writing.card().path("kind").asString("").equals("group");
    for (String uid : keys(writing.card(), "members")) {
      if (!ValueRules.plainUri(uid).equals(uid) || uid.chars().anyMatch(Character::isISOControl)) {
        continue;
      }
      boolean plain = hasPlainUid(writing.card());
      String uri = apple && plain && !uid.contains(":") ? "urn:uuid:" + uid : uid;
      boolean isMistakable = plain && PREFIX.matcher(uid).lookingAt();
      writing.add(
          "members/" + Members.escape(uid),
          ContentLine.of(apple && !isMistakable ? "X-ADDRESSBOOKSERVER-MEMBER" : "MEMBER", uri));
    }
  }

  static void writeRelated(Writing writing) {
    Optional<ObjectNode> relatedTo = Members.object(writing.card(), "relatedTo");
    if (relatedTo.isEmpty()) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : relatedTo.get().properties()) {
      if (!entry.getKey().isBlank() && entry.getValue().isObject()) {
        writing.add(
            "relatedTo/" + Members.escape(entry.getKey()),
            related(entry.getKey(), entry.getValue().asObject()));
      }
    }
  }

  private static ContentLine related(String key, ObjectNode relation) {
    LineDraft line = new LineDraft("RELATED");
    RELATIONS.stream()
        .filter(type -> Members.has(relation, "relation", type))
        .forEach(line::addType);
    if (ValueRules.isUri(key)) {
      line.value(key);
    } else {
      line.set("VALUE", "text").value(Text.escape(key));
    }
    return line.keep(relation).line();
  }

  /** The keys of a set whose values are {@code true}. */
  private static List<String> keys(ObjectNode card, String name) {
    List<String> keys = new ArrayList<>();
    card.path(name)
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().isBoolean()
                  && entry.getValue().booleanValue()
                  && !entry.getKey().isBlank()) {
                keys.add(entry.getKey());
              }
            });
    return keys;
  }
}
