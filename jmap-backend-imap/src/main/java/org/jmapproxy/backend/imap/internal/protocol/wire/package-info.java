/**
 * Bytes: responses read in bounds, commands written without injection, and IMAP's own encodings
 * (RFC 3501 section 4, RFC 9051).
 */
@NullMarked
package org.jmapproxy.backend.imap.internal.protocol.wire;

import org.jspecify.annotations.NullMarked;
