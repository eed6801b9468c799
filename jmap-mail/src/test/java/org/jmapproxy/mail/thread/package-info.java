@NullMarked
package org.jmapproxy.mail.thread;

import org.jspecify.annotations.NullMarked;
