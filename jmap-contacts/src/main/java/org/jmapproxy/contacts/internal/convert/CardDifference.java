package org.jmapproxy.contacts.internal.convert;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The patches that make one card the other. */
final class CardDifference {

  /** What vCard itself has put there. */
  private static final Set<String> OF_VCARD = Set.of("vCardProps", "vCardParams", "vCardName");

  private final ObjectNode patch = Members.JSON.objectNode();

  private CardDifference() {}

  static ObjectNode between(ObjectNode understood, ObjectNode wanted) {
    CardDifference difference = new CardDifference();
    JsonNode localizations = wanted.path("localizations");
    ObjectNode left = understood.deepCopy();
    ObjectNode right = wanted.deepCopy();
    left.remove("localizations");
    right.remove("localizations");
    difference.compare("", left, right);
    difference.compareLocalizations(understood, wanted, localizations);
    return difference.patch;
  }

  private void compare(String path, ObjectNode understood, ObjectNode wanted) {
    Set<String> names = new LinkedHashSet<>(wanted.propertyNames());
    names.addAll(understood.propertyNames());
    names.removeAll(OF_VCARD);
    if (!path.isEmpty() && names.stream().anyMatch(CardDifference::isUnwritable)) {
      patch.set(path.substring(0, path.length() - 1), wanted);
      return;
    }
    for (String name : names) {
      String pointer = path + Members.escape(name);
      JsonNode old = understood.path(name);
      JsonNode value = wanted.path(name);
      if (old.isObject() && value.isObject()) {
        compare(pointer + "/", old.asObject(), value.asObject());
      } else if (!same(old, value)) {
        patch.set(pointer, value.isMissingNode() ? NullNode.getInstance() : value);
      }
    }
  }

  /** A parameter cannot have control characters in it; the object around has to be named. */
  private static boolean isUnwritable(String name) {
    return name.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t');
  }

  private static boolean same(JsonNode one, JsonNode other) {
    return one.equals(other)
        || (one.isNumber()
            && other.isNumber()
            && one.decimalValue().compareTo(other.decimalValue()) == 0);
  }

  /** Patches in other words are the same if they make the same card. */
  private void compareLocalizations(
      ObjectNode understood, ObjectNode wanted, JsonNode localizations) {
    JsonNode read = understood.path("localizations");
    if (same(read, localizations)) {
      return;
    }
    if (!read.isObject() || !localizations.isObject()) {
      patch.set(
          "localizations", localizations.isMissingNode() ? NullNode.getInstance() : localizations);
      return;
    }
    Set<String> languages = new LinkedHashSet<>(localizations.propertyNames());
    languages.addAll(read.propertyNames());
    for (String language : languages) {
      JsonNode value = localizations.path(language);
      if (!isSameLanguage(wanted, read.path(language), value)) {
        patch.set(
            "localizations/" + Members.escape(language),
            value.isMissingNode() ? NullNode.getInstance() : value);
      }
    }
  }

  private static boolean isSameLanguage(ObjectNode card, JsonNode read, JsonNode wanted) {
    return read.isObject()
        && wanted.isObject()
        && read.size() > 0
        && allApply(card, read.asObject())
        && allApply(card, wanted.asObject())
        && PatchObject.apply(card, read.asObject())
            .equals(PatchObject.apply(card, wanted.asObject()));
  }

  private static boolean allApply(ObjectNode card, ObjectNode patch) {
    ObjectNode copy = card.deepCopy();
    for (Map.Entry<String, JsonNode> entry : patch.properties()) {
      if (!PatchObject.apply(copy, entry.getKey(), entry.getValue())) {
        return false;
      }
    }
    return true;
  }
}
