package org.jmapproxy.mail.email;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonPath;
import org.jmapproxy.core.type.Decoded;
import org.jmapproxy.core.type.ObjectUpdate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decodes updates of Emails. A patch of single members stays one, so that it does not undo what
 * another client changes at the same time.
 */
final class EmailUpdateDecoder {

  private EmailUpdateDecoder() {}

  static Decoded<EmailUpdate> decode(ObjectUpdate update) {
    ObjectNode after = update.after();
    Optional<SetError> refusal =
        refuseKeywords(after.path("keywords")).or(() -> refuseMailboxes(after.get("mailboxIds")));
    if (refusal.isPresent()) {
      return new Decoded.Invalid<>(refusal.get());
    }
    return new Decoded.Valid<>(
        new EmailUpdate(
            update.id(),
            change(update, "keywords", Keywords::canonical),
            change(update, "mailboxIds", Id::of)));
  }

  static Optional<SetError> refuseKeywords(JsonNode keywords) {
    return keywords.propertyNames().stream()
        .filter(keyword -> !Keywords.isValid(keyword))
        .findFirst()
        .map(keyword -> SetError.invalidProperty("keywords", "not a keyword: " + keyword));
  }

  static Optional<SetError> refuseMailboxes(
      @org.jspecify.annotations.Nullable JsonNode mailboxIds) {
    return mailboxIds != null && mailboxIds.isEmpty()
        ? Optional.of(SetError.invalidProperty("mailboxIds", "must name at least one Mailbox"))
        : Optional.empty();
  }

  private static <E> SetChange<E> change(
      ObjectUpdate update, String property, Function<String, E> member) {
    if (update.patch().containsKey(property)) {
      Set<E> members = new LinkedHashSet<>();
      update.after().path(property).propertyNames().forEach(n -> members.add(member.apply(n)));
      return SetChange.replace(members);
    }
    Set<E> added = new LinkedHashSet<>();
    Set<E> removed = new LinkedHashSet<>();
    for (Map.Entry<String, JsonNode> entry : update.patch().entrySet()) {
      List<String> keys = JsonPath.keys(entry.getKey());
      if (keys.size() == 2 && keys.get(0).equals(property)) {
        (entry.getValue().isNull() ? removed : added).add(member.apply(keys.get(1)));
      }
    }
    removed.removeAll(added);
    return SetChange.patch(added, removed);
  }
}
