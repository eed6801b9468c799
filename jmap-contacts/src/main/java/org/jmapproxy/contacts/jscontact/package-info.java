/** What a JSContact Card may hold (RFC 9553). */
@NullMarked
package org.jmapproxy.contacts.jscontact;

import org.jspecify.annotations.NullMarked;
