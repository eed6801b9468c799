/** JMAP contacts. */
module org.jmapproxy.contacts {
  requires transitive org.jmapproxy.core;
  requires static org.jspecify;

  exports org.jmapproxy.contacts;
  exports org.jmapproxy.contacts.addressbook;
  exports org.jmapproxy.contacts.card;
  exports org.jmapproxy.contacts.jscontact;
  exports org.jmapproxy.contacts.vcard;
}
