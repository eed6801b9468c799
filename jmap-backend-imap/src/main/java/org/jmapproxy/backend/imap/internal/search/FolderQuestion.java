package org.jmapproxy.backend.imap.internal.search;

import org.jmapproxy.backend.imap.internal.store.FolderKey;
import org.jmapproxy.backend.imap.internal.store.ReplicaReader;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/**
 * Which messages of a folder have what is wanted. Messages never change, so the answer stays good
 * for all of them up to the newest one that was known when it was asked.
 *
 * @param <W> what is wanted; has a sensible equals
 * @param uidValidity what the UIDs belong to
 * @param newestUid the greatest UID that the replica knew
 */
record FolderQuestion<W>(FolderKey folder, long uidValidity, long newestUid, W wanted) {

  static <W> FolderQuestion<W> of(StoredFolder folder, ReplicaReader replica, W wanted) {
    long next = folder.position().uidNext();
    var newer = replica.uids(folder.key(), next, Long.MAX_VALUE);
    long newest = newer.isEmpty() ? next - 1 : newer.last();
    return new FolderQuestion<>(folder.key(), folder.position().uidValidity(), newest, wanted);
  }
}
