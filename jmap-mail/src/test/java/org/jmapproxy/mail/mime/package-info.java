@NullMarked
package org.jmapproxy.mail.mime;

import org.jspecify.annotations.NullMarked;
