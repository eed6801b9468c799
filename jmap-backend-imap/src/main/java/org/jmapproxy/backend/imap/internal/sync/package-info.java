/** How the replica follows the server: an account's worker, its rounds, its folders. */
@NullMarked
package org.jmapproxy.backend.imap.internal.sync;

import org.jspecify.annotations.NullMarked;
