/** Encodes messages for servers that do not take all octets (RFC 6152 section 3). */
@NullMarked
package org.jmapproxy.mail.mime.transport;

import org.jspecify.annotations.NullMarked;
