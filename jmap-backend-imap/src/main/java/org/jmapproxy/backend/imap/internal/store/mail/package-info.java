/** Mailboxes, Threads and Emails in tables: identity, counts and states. */
@NullMarked
package org.jmapproxy.backend.imap.internal.store.mail;

import org.jspecify.annotations.NullMarked;
