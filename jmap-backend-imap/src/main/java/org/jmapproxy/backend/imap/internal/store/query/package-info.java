/** Email/query as SQL. */
@NullMarked
package org.jmapproxy.backend.imap.internal.store.query;

import org.jspecify.annotations.NullMarked;
