package org.jmapproxy.contacts.card;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes of a ContactCard.
 *
 * @param id the ContactCard
 * @param addressBookIds where it belongs from now on; empty: where it is
 * @param members the members of the Card that change; empty ones are removed
 */
public record ContactCardUpdate(
    Id id, Optional<Set<Id>> addressBookIds, Map<String, Optional<JsonNode>> members) {

  /** Copies the collections. */
  public ContactCardUpdate {
    addressBookIds = addressBookIds.map(Set::copyOf);
    members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** A changed copy; it is for {@link ContactCardRules} to say whether it is valid. */
  public ContactCard applyTo(ContactCard before) {
    ObjectNode card = before.card().deepCopy();
    members.forEach(
        (name, value) -> {
          if (value.isPresent()) {
            card.set(name, value.get());
          } else {
            card.remove(name);
          }
        });
    return new ContactCard(before.id(), addressBookIds.orElse(before.addressBookIds()), card);
  }
}
