@NullMarked
package org.jmapproxy.mail.charset;

import org.jspecify.annotations.NullMarked;
