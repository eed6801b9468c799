/** Mailbox roles as servers and people name them (RFC 8621, section 2). */
@NullMarked
package org.jmapproxy.mail.mailbox;

import org.jspecify.annotations.NullMarked;
