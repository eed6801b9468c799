package org.jmapproxy.mail.header;

import java.util.ArrayList;
import java.util.List;

/**
 * The Addresses and GroupedAddresses forms of a header value (RFC 8621 sections 4.1.2.3 and
 * 4.1.2.4). Best effort on malformed values, in time linear in their length; of a hostile value the
 * first 200,000 addresses.
 */
public final class AddressesForm {
  private AddressesForm() {}

  /**
   * All mailboxes of an address list, those in groups included.
   *
   * @param raw the value in Raw form
   */
  public static List<EmailAddress> of(String raw) {
    List<EmailAddressGroup> groups = grouped(raw);
    if (groups.size() == 1) {
      return groups.get(0).addresses();
    }
    List<EmailAddress> addresses = new ArrayList<>();
    groups.forEach(group -> addresses.addAll(group.addresses()));
    return List.copyOf(addresses);
  }

  /**
   * An address list with its groups; consecutive mailboxes outside groups share a nameless one.
   *
   * @param raw the value in Raw form
   */
  public static List<EmailAddressGroup> grouped(String raw) {
    return new AddressListParser(raw).parse();
  }
}
