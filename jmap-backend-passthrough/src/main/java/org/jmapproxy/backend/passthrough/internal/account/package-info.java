/** An account while it is open: its session as it is now, its roles, its status. */
@NullMarked
package org.jmapproxy.backend.passthrough.internal.account;

import org.jspecify.annotations.NullMarked;
