/** Tests of what is done to messages for servers that do not take all octets. */
@NullMarked
package org.jmapproxy.mail.mime.transport;

import org.jspecify.annotations.NullMarked;
