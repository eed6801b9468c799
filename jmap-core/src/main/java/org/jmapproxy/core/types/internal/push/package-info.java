/** Push subscriptions (RFC 8620 section 7.2): their type, their keeping, and their delivery. */
@NullMarked
package org.jmapproxy.core.types.internal.push;

import org.jspecify.annotations.NullMarked;
