package org.jmapproxy.backend.imap.internal.store;

/**
 * One IMAP message behind an Email.
 *
 * @param folder the folder that it is in
 * @param uid its UID there
 * @param modSeq its mod-sequence as far as known; 0 without CONDSTORE
 * @param isDeleted whether it is marked {@code \Deleted}: clients do not see it
 */
public record MessageCopy(FolderKey folder, long uid, long modSeq, boolean isDeleted) {}
