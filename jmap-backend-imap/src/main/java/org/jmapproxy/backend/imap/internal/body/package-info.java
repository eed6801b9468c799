/** The octets of messages and uploads, in files. */
@NullMarked
package org.jmapproxy.backend.imap.internal.body;

import org.jspecify.annotations.NullMarked;
