/** Push subscriptions in the proxy: where they are kept, and what posts to them. */
@NullMarked
package org.jmapproxy.server.push;

import org.jspecify.annotations.NullMarked;
