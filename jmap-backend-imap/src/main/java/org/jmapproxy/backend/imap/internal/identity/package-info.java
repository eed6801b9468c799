/** The Identities of an account. */
@NullMarked
package org.jmapproxy.backend.imap.internal.identity;

import org.jspecify.annotations.NullMarked;
