@NullMarked
package org.jmapproxy.mail.mime.parse;

import org.jspecify.annotations.NullMarked;
