/**
 * What is kept of an account: a replica of its mail that may be dropped and fetched again, and data
 * of its own that may not. The types of this package are the border that every kind of store has;
 * its sub-packages keep an account in one SQLite file.
 */
@NullMarked
package org.jmapproxy.backend.imap.internal.store;

import org.jspecify.annotations.NullMarked;
