@NullMarked
package org.jmapproxy.core.changes;

import org.jspecify.annotations.NullMarked;
