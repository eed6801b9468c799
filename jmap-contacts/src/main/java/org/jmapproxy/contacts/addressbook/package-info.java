/** The data type AddressBook (RFC 9610 section 2). */
@NullMarked
package org.jmapproxy.contacts.addressbook;

import org.jspecify.annotations.NullMarked;
