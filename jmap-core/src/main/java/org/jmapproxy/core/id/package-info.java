/** Identifiers and state strings (RFC 8620 sections 1.2 and 5.1). */
@NullMarked
package org.jmapproxy.core.id;

import org.jspecify.annotations.NullMarked;
