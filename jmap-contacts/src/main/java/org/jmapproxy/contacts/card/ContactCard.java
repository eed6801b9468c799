package org.jmapproxy.contacts.card;

import java.util.Optional;
import java.util.Set;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A person, a company, or a group of them (RFC 9610 section 3).
 *
 * @param id never used again after the ContactCard is gone
 * @param addressBookIds at least one
 * @param card the JSContact Card, in which media that are embedded have a {@code blobId}; not to be
 *     changed by who is given it
 */
public record ContactCard(Id id, Set<Id> addressBookIds, ObjectNode card) {

  /** Copies the ids. */
  public ContactCard {
    addressBookIds = Set.copyOf(addressBookIds);
  }

  /** The {@code uid} of the Card. */
  public Optional<String> uid() {
    JsonNode uid = card.path("uid");
    return uid.isString() ? Optional.of(uid.stringValue()) : Optional.empty();
  }
}
