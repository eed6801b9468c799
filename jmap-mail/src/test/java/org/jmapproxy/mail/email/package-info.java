/** Tests of Email on the wire. */
@NullMarked
package org.jmapproxy.mail.email;

import org.jspecify.annotations.NullMarked;
