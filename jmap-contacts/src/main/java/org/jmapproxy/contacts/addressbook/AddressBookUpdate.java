package org.jmapproxy.contacts.addressbook;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jmapproxy.core.id.Id;

/**
 * Changes of an AddressBook; what is empty stays as it is.
 *
 * @param id the AddressBook
 * @param name the new name
 * @param description the new description, or that there is none any more
 * @param sortOrder the new place
 * @param isSubscribed whether the user wants to see it
 * @param shareWith the new rights of others, or that nobody has any
 */
public record AddressBookUpdate(
    Id id,
    Optional<String> name,
    Optional<Optional<String>> description,
    OptionalLong sortOrder,
    Optional<Boolean> isSubscribed,
    Optional<Optional<Map<Id, AddressBookRights>>> shareWith) {

  /** The AddressBook with the changes. */
  public AddressBook applyTo(AddressBook before) {
    return new AddressBook(
        before.id(),
        name.orElse(before.name()),
        description.orElse(before.description()),
        sortOrder.orElse(before.sortOrder()),
        before.isDefault(),
        isSubscribed.orElse(before.isSubscribed()),
        shareWith.orElse(before.shareWith()),
        before.myRights());
  }
}
