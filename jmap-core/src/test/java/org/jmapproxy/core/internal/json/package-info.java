@NullMarked
package org.jmapproxy.core.internal.json;

import org.jspecify.annotations.NullMarked;
