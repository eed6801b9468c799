/** One SQLite file and its connections. */
@NullMarked
package org.jmapproxy.backend.imap.internal.store.db;

import org.jspecify.annotations.NullMarked;
