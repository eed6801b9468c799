package org.jmapproxy.backend.imap.internal.store;

/**
 * The message that another one was made of by COPY or MOVE: both are one Email, whatever evidence
 * there is.
 *
 * @param folder where the original is, or was until the same transaction
 * @param uid its UID there
 */
public record CopiedFrom(FolderKey folder, long uid) {}
