/** An open account: its settings, its leases, its roles. */
@NullMarked
package org.jmapproxy.backend.imap.internal.account;

import org.jspecify.annotations.NullMarked;
