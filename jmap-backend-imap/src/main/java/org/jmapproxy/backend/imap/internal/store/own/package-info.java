/** Identities and submissions, which exist nowhere else, in tables. */
@NullMarked
package org.jmapproxy.backend.imap.internal.store.own;

import org.jspecify.annotations.NullMarked;
