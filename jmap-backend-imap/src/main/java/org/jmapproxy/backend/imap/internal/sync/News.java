package org.jmapproxy.backend.imap.internal.sync;

import java.util.OptionalLong;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.store.FolderPosition;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;

/** Whether a folder's STATUS tells anything that the replica does not know. */
final class News {
  private News() {}

  static boolean isIn(StoredFolder folder, MailboxStatus now) {
    FolderPosition known = folder.position();
    return differs(now.uidValidity(), known.uidValidity())
        || differs(now.uidNext(), known.uidNext())
        || differs(now.messages(), known.serverMessages())
        || differs(now.highestModSeq(), known.highestModSeq());
  }

  static boolean differs(OptionalLong told, long known) {
    return told.isPresent() && told.getAsLong() != known;
  }
}
