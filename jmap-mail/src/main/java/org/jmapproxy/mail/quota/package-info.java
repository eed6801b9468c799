/** The data type Quota (RFC 9425). */
@NullMarked
package org.jmapproxy.mail.quota;

import org.jspecify.annotations.NullMarked;
