/** Uploaded data in files. */
@NullMarked
package org.jmapproxy.backend.imap.internal.store.blob;

import org.jspecify.annotations.NullMarked;
