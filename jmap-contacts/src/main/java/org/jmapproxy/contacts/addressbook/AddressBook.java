package org.jmapproxy.contacts.addressbook;

import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.id.Id;

/**
 * A named collection of ContactCards (RFC 9610 section 2).
 *
 * @param id never used again after the AddressBook is gone
 * @param name what the user sees; not empty, at most 255 octets
 * @param description more about it
 * @param sortOrder at least 0 and below 2^31
 * @param isDefault where new ContactCards go; of at most one AddressBook of the account
 * @param isSubscribed whether the user wants to see it
 * @param shareWith the rights of others by the ids of their Principals; absent: nobody's
 * @param myRights what the user may do with it
 */
public record AddressBook(
    Id id,
    String name,
    Optional<String> description,
    long sortOrder,
    boolean isDefault,
    boolean isSubscribed,
    Optional<Map<Id, AddressBookRights>> shareWith,
    AddressBookRights myRights) {

  /** Copies the map. */
  public AddressBook {
    shareWith = shareWith.map(Map::copyOf);
  }
}
