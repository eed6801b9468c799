@NullMarked
package org.jmapproxy.mail.header;

import org.jspecify.annotations.NullMarked;
