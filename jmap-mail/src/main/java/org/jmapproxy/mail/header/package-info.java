/**
 * Message header fields and their parsed forms (RFC 8621, section 4.1.2). Pure values and
 * functions.
 */
@NullMarked
package org.jmapproxy.mail.header;

import org.jspecify.annotations.NullMarked;
