/** The store of an account put together: opening, recovery, the roles. */
@NullMarked
package org.jmapproxy.backend.imap.internal.store.sqlite;

import org.jspecify.annotations.NullMarked;
