/** The data type Identity (RFC 8621 section 6). */
@NullMarked
package org.jmapproxy.mail.identity;

import org.jspecify.annotations.NullMarked;
