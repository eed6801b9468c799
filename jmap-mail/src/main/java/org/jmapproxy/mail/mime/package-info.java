/** The parts of a message body and what is derived from them (RFC 8621, section 4.1.4). */
@NullMarked
package org.jmapproxy.mail.mime;

import org.jspecify.annotations.NullMarked;
