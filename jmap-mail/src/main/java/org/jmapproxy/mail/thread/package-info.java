/** Which messages belong together (RFC 8621, section 3). */
@NullMarked
package org.jmapproxy.mail.thread;

import org.jspecify.annotations.NullMarked;
