/** Search snippets (RFC 8621 section 5). */
@NullMarked
package org.jmapproxy.mail.snippet;

import org.jspecify.annotations.NullMarked;
