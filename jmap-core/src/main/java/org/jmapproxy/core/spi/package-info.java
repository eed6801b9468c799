/** What a backend implements: narrow roles, collected in an immutable map per account. */
@NullMarked
package org.jmapproxy.core.spi;

import org.jspecify.annotations.NullMarked;
