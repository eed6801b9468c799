/**
 * Reads multipart/report messages (RFC 6522): what mail systems and readers say about a message.
 */
@NullMarked
package org.jmapproxy.mail.report;

import org.jspecify.annotations.NullMarked;
