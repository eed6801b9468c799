/** Message disposition notifications, "read receipts" (RFC 9007, RFC 8098). */
@NullMarked
package org.jmapproxy.mail.mdn;

import org.jspecify.annotations.NullMarked;
