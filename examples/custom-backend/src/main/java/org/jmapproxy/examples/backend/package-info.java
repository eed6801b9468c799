/**
 * A data type of our own, bookmarks, and a backend that keeps them as files in a directory. The
 * engine does the protocol; the contract kit says when the backend is right.
 */
@NullMarked
package org.jmapproxy.examples.backend;

import org.jspecify.annotations.NullMarked;
