/** How a server opens, watches and forgets the accounts of a kind of backend. */
@NullMarked
package org.jmapproxy.core.backend;

import org.jspecify.annotations.NullMarked;
