package org.jmapproxy.contacts;

import org.jmapproxy.contacts.testkit.AddressBookContract;
import org.jmapproxy.contacts.testkit.ContactCardContract;
import org.jmapproxy.contacts.testkit.ContactsClient;
import org.jmapproxy.contacts.testkit.MemoryContacts;

/** The account of contacts in memory keeps the contracts. */
class MemoryContactsTest implements AddressBookContract, ContactCardContract {

  private final ContactsClient client = new ContactsClient(new MemoryContacts("jane").account());

  @Override
  public ContactsClient client() {
    return client;
  }
}
