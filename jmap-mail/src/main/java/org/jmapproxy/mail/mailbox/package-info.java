/** Mailboxes (RFC 8621 section 2): the data type, its rules, and the names of roles. */
@NullMarked
package org.jmapproxy.mail.mailbox;

import org.jspecify.annotations.NullMarked;
