/** Quotas. */
@NullMarked
package org.jmapproxy.mail.quota;

import org.jspecify.annotations.NullMarked;
