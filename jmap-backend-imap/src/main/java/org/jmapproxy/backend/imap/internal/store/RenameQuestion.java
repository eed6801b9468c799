package org.jmapproxy.backend.imap.internal.store;

import org.jmapproxy.backend.imap.internal.protocol.UidSet;

/**
 * Exactly one folder has vanished and exactly one is new, with the same UIDVALIDITY and no smaller
 * UIDNEXT: it may be one folder that was renamed. The caller looks whether the UIDs are there.
 *
 * @param folder the folder that vanished
 * @param newPath the path to look at
 * @param sample UIDs that must all be found there; if they are, the caller adds the rename to its
 *     round
 */
public record RenameQuestion(FolderKey folder, String newPath, UidSet sample) {}
