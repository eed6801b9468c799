@NullMarked
package org.jmapproxy.mail.mailbox;

import org.jspecify.annotations.NullMarked;
