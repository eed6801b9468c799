package org.jmapproxy.contacts;

import java.util.List;
import java.util.Optional;
import org.jmapproxy.contacts.addressbook.AddressBookType;
import org.jmapproxy.contacts.card.ContactCardType;
import org.jmapproxy.core.JmapModule;
import org.jmapproxy.core.method.Method;
import org.jmapproxy.core.session.Capability;
import org.jmapproxy.core.spi.Account;
import org.jmapproxy.core.spi.Roles;
import org.jmapproxy.core.type.DataType;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Contacts (RFC 9610): AddressBook and ContactCard. An account has the capability when both can be
 * read. Stateless.
 */
public final class ContactsModule implements JmapModule {

  /** The module; it has nothing to configure. */
  public ContactsModule() {}

  @Override
  public List<Capability> capabilities() {
    return List.of(Capability.of(ContactsLimits.URN, ContactsModule::ofAccount));
  }

  @Override
  public List<DataType<?, ?, ?>> dataTypes() {
    return List.of(AddressBookType.TYPE, ContactCardType.TYPE);
  }

  @Override
  public List<Method> methods() {
    return List.of();
  }

  private static Optional<ObjectNode> ofAccount(Account account) {
    Roles roles = account.roles();
    return roles.has(AddressBookType.TYPE.readRole()) && roles.has(ContactCardType.TYPE.readRole())
        ? Optional.of(ofRoles(roles, account.isReadOnly()))
        : Optional.empty();
  }

  private static ObjectNode ofRoles(Roles roles, boolean isReadOnly) {
    ContactsLimits limits = ContactsLimits.of(roles);
    boolean mayCreate =
        limits.mayCreateAddressBook() && !isReadOnly && roles.has(AddressBookType.TYPE.writeRole());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    limits
        .maxAddressBooksPerCard()
        .ifPresentOrElse(
            max -> json.put("maxAddressBooksPerCard", max),
            () -> json.putNull("maxAddressBooksPerCard"));
    return json.put("mayCreateAddressBook", mayCreate);
  }
}
