/** The backend that forwards calls to an upstream JMAP server. */
@NullMarked
package org.jmapproxy.backend.passthrough;

import org.jspecify.annotations.NullMarked;
