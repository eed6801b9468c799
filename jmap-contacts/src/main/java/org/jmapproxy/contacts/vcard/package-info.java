/** JSContact Cards (RFC 9553) and vCards (RFC 6350, RFC 2426), converted either way (RFC 9555). */
@NullMarked
package org.jmapproxy.contacts.vcard;

import org.jspecify.annotations.NullMarked;
