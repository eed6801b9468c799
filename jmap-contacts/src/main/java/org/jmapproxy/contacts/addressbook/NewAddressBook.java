package org.jmapproxy.contacts.addressbook;

import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * An AddressBook to be created.
 *
 * @param name not empty, at most 255 octets
 * @param description more about it
 * @param sortOrder at least 0 and below 2^31
 * @param isSubscribed whether the user wants to see it
 * @param shareWith the rights of others by the ids of their Principals; absent: nobody's
 */
public record NewAddressBook(
    String name,
    Optional<String> description,
    long sortOrder,
    boolean isSubscribed,
    Optional<Map<Id, AddressBookRights>> shareWith) {

  /** Copies the map. */
  public NewAddressBook {
    shareWith = shareWith.map(Map::copyOf);
  }
}
