/** Filters, sorts and windows of a /query call as validated values (RFC 8620 section 5.5). */
@NullMarked
package org.jmapproxy.core.query;

import org.jspecify.annotations.NullMarked;
