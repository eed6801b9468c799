/** Help for backends that keep no record of changes of their own. */
@NullMarked
package org.jmapproxy.core.changes;

import org.jspecify.annotations.NullMarked;
