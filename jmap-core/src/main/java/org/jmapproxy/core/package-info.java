/**
 * Lets an application answer JMAP (RFC 8620): the server object, its builder and its entry points.
 */
@NullMarked
package org.jmapproxy.core;

import org.jspecify.annotations.NullMarked;
