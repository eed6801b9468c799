/** The proxy: configuration, accounts, HTTP routes and the launcher. */
@NullMarked
package org.jmapproxy.server;

import org.jspecify.annotations.NullMarked;
