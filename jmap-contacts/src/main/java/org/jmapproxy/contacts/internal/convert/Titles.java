package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Titles in organizations, which share a group with them in vCard (RFC 9555 section 2.9.6). */
final class Titles {

  private Titles() {}

  /** Sets {@code organizationId} of titles in a group with exactly one organization. */
  static void findOrganizations(ObjectNode card) {
    Optional<ObjectNode> organizations = Members.object(card, "organizations");
    Optional<ObjectNode> titles = Members.object(card, "titles");
    if (organizations.isEmpty() || titles.isEmpty()) {
      return;
    }
    for (JsonNode title : titles.get()) {
      Optional<String> group = LineDraft.groupOf(title.asObject());
      if (group.isPresent()) {
        List<String> ids =
            organizations.get().properties().stream()
                .filter(entry -> groupIs(entry.getValue(), group.get()))
                .map(Map.Entry::getKey)
                .toList();
        if (ids.size() == 1) {
          title.asObject().put("organizationId", ids.get(0));
        }
      }
    }
  }

  private static boolean groupIs(JsonNode entry, String group) {
    return LineDraft.groupOf(entry.asObject()).filter(group::equalsIgnoreCase).isPresent();
  }

  /** The group that a title is written in: that of its organization, if it names one. */
  static Optional<String> group(ObjectNode title, Writing writing) {
    Optional<String> id = Members.string(title, "organizationId");
    Optional<ObjectNode> organization =
        id.flatMap(key -> Members.at(writing.card(), "organizations/" + Members.escape(key)));
    if (organization.isPresent()) {
      return Optional.of(
          writing.group("organizations/" + Members.escape(id.get()), organization.get()));
    }
    Optional<String> own = LineDraft.groupOf(title);
    boolean isAnOrganizations =
        own.isPresent()
            && Members.object(writing.card(), "organizations").stream()
                .flatMap(all -> all.valueStream())
                .filter(JsonNode::isObject)
                .anyMatch(entry -> groupIs(entry, own.get()));
    return isAnOrganizations ? Optional.empty() : own;
  }

  /** Whether a title names this organization. */
  static boolean isReferredTo(String id, ObjectNode card) {
    return Members.object(card, "titles").stream()
        .flatMap(all -> all.valueStream())
        .anyMatch(title -> title.path("organizationId").asString("").equals(id));
  }
}
