/** The tables of an account's file and how older files are brought up to date. */
@NullMarked
package org.jmapproxy.backend.imap.internal.store.schema;

import org.jspecify.annotations.NullMarked;
