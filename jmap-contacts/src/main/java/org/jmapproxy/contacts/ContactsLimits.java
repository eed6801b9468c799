package org.jmapproxy.contacts;

import java.util.OptionalInt;
import org.jmapproxy.core.spi.Role;
import org.jmapproxy.core.spi.Roles;

/**
 * What an account's contacts are limited to (RFC 9610 section 1.4.1). A backend whose limits differ
 * from the {@link #standard} ones gives its own under {@link #ROLE}.
 *
 * @param maxAddressBooksPerCard at least 1; absent: no limit
 * @param mayCreateAddressBook whether the user may create AddressBooks
 */
public record ContactsLimits(OptionalInt maxAddressBooksPerCard, boolean mayCreateAddressBook) {

  /** The capability of contacts. */
  public static final String URN = "urn:ietf:params:jmap:contacts";

  /** The key under which an account has limits of its own. */
  public static final Role<ContactsLimits> ROLE = Role.of("contactsLimits", ContactsLimits.class);

  private static final ContactsLimits STANDARD = new ContactsLimits(OptionalInt.of(1), true);

  /** One AddressBook for each ContactCard, as CardDAV has it. */
  public static ContactsLimits standard() {
    return STANDARD;
  }

  /** The limits of an account. */
  public static ContactsLimits of(Roles roles) {
    return roles.find(ROLE).orElse(STANDARD);
  }
}
