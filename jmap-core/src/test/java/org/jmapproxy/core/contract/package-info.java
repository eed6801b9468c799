/** The contracts of the testkit, held by the backend in memory. */
@NullMarked
package org.jmapproxy.core.contract;

import org.jspecify.annotations.NullMarked;
