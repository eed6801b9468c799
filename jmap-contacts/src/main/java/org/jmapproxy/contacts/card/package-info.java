/** The data type ContactCard (RFC 9610 section 3). */
@NullMarked
package org.jmapproxy.contacts.card;

import org.jspecify.annotations.NullMarked;
