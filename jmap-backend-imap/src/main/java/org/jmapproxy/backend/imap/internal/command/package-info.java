/** Changes that JMAP clients make: one class per operation on the server. */
@NullMarked
package org.jmapproxy.backend.imap.internal.command;

import org.jspecify.annotations.NullMarked;
