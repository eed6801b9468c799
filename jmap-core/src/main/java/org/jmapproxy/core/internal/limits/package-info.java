/** Limits that hold for all accounts of a session, wherever they are answered. */
@NullMarked
package org.jmapproxy.core.internal.limits;

import org.jspecify.annotations.NullMarked;
