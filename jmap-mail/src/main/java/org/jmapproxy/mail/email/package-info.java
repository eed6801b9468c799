/** Email (RFC 8621 section 4): messages, their filters, sorts and properties. */
@NullMarked
package org.jmapproxy.mail.email;

import org.jspecify.annotations.NullMarked;
