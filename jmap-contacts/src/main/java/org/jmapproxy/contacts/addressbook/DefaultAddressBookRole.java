package org.jmapproxy.contacts.addressbook;

import java.util.List;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.spi.CallContext;
import org.jmapproxy.core.spi.Role;

/** Chooses the default AddressBook of an account. Thread-safe. */
public interface DefaultAddressBookRole {

  /** The key of this role. */
  Role<DefaultAddressBookRole> ROLE = Role.of("AddressBook/default", DefaultAddressBookRole.class);

  /**
   * Makes an AddressBook the default one.
   *
   * @return those whose {@code isDefault} has changed, as they are now; none if there is no such
   *     AddressBook, or it may not be the default
   */
  List<AddressBook> makeDefault(CallContext context, Id id);
}
