package org.jmapproxy.backend.imap.internal.search;

import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.mail.email.SearchText;

/**
 * Which messages of a folder have a text in their body. Bodies never change, so the answer stays
 * good for all messages up to the newest one that was known when it was asked.
 *
 * @param uidValidity what the UIDs belong to
 * @param newestUid the greatest UID that the replica knew
 */
record FolderQuestion(FolderKey folder, long uidValidity, long newestUid, SearchText text) {

  static FolderQuestion of(StoredFolder folder, ReplicaReader replica, SearchText text) {
    long next = folder.position().uidNext();
    var newer = replica.uids(folder.key(), next, Long.MAX_VALUE);
    long newest = newer.isEmpty() ? next - 1 : newer.last();
    return new FolderQuestion(folder.key(), folder.position().uidValidity(), newest, text);
  }
}
