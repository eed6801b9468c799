/** The few connections that an account has to its server, and who may use them. */
@NullMarked
package org.jmapproxy.backend.imap.internal.connect;

import org.jspecify.annotations.NullMarked;
