/** Accounts whose calls are answered elsewhere, as they came. */
@NullMarked
package org.jmapproxy.core.forward;

import org.jspecify.annotations.NullMarked;
