/**
 * From a request to its responses: parsing, result references, dispatch, forwarding, errors (RFC
 * 8620 section 3).
 */
@NullMarked
package org.jmapproxy.core.internal.dispatch;

import org.jspecify.annotations.NullMarked;
