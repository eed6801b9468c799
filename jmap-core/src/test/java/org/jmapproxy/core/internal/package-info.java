@NullMarked
package org.jmapproxy.core.internal;

import org.jspecify.annotations.NullMarked;
