/** What clients are told when something fails: one table for all three families of errors. */
@NullMarked
package org.jmapproxy.core.internal.failure;

import org.jspecify.annotations.NullMarked;
