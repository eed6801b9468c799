/**
 * The directory of accounts: settings, sealed credentials and counters in {@code accounts.sqlite3}.
 */
@NullMarked
package org.jmapproxy.server.accounts;

import org.jspecify.annotations.NullMarked;
