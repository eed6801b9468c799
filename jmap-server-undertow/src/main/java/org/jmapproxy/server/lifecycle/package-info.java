/**
 * Accounts while they are in use: opened at need by their backend, counted, closed when idle,
 * removed.
 */
@NullMarked
package org.jmapproxy.server.lifecycle;

import org.jspecify.annotations.NullMarked;
