package org.jmapproxy.contacts.card;

import java.util.Set;
import org.jmapproxy.core.id.Id;
import tools.jackson.databind.node.ObjectNode;

/**
 * A ContactCard to be created.
 *
 * @param addressBookIds at least one, no more than the account allows
 * @param card a valid Card; the receiver owns it
 */
public record NewContactCard(Set<Id> addressBookIds, ObjectNode card) {

  /** Copies the ids. */
  public NewContactCard {
    addressBookIds = Set.copyOf(addressBookIds);
  }
}
