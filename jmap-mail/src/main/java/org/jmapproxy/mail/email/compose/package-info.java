/** Builds messages out of what an Email is created from (RFC 8621 section 4.6). */
@NullMarked
package org.jmapproxy.mail.email.compose;

import org.jspecify.annotations.NullMarked;
