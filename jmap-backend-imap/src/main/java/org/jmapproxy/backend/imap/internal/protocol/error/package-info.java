/** What can go wrong between us and an IMAP server, as one sealed family of exceptions. */
@NullMarked
package org.jmapproxy.backend.imap.internal.protocol.error;

import org.jspecify.annotations.NullMarked;
