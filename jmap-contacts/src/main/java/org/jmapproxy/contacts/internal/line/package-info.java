/** The content lines of a vCard (RFC 6350 section 3), read with patience and written strictly. */
@NullMarked
package org.jmapproxy.contacts.internal.line;

import org.jspecify.annotations.NullMarked;
