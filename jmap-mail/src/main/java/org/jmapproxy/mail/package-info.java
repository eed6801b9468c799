/** JMAP Mail (RFC 8621): the module that applications add to a server. */
@NullMarked
package org.jmapproxy.mail;

import org.jspecify.annotations.NullMarked;
