/**
 * Sends mail, and keeps trying.
 *
 * <p>A submission goes from <i>queued</i> to <i>sending</i> (written down before DATA), to
 * <i>ending</i> (written down before the final dot) to <i>done</i>. What is found after a crash
 * decides what is safe: before the final dot nobody has delivered anything, so the message is sent
 * again; from the final dot on it is never sent again, and what became of it is unknown.
 */
@NullMarked
package org.jmapproxy.backend.imap.internal.outbox;

import org.jspecify.annotations.NullMarked;
