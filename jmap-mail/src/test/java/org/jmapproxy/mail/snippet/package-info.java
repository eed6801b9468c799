@NullMarked
package org.jmapproxy.mail.snippet;

import org.jspecify.annotations.NullMarked;
