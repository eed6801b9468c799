/** Looks into bodies, which the replica does not have, by asking the server. */
@NullMarked
package org.jmapproxy.backend.imap.internal.search;

import org.jspecify.annotations.NullMarked;
