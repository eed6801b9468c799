/**
 * The management port: accounts, health, metrics and the dashboard. Unauthenticated, for the
 * operator's machine.
 */
@NullMarked
package org.jmapproxy.server.management;

import org.jspecify.annotations.NullMarked;
