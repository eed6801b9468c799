package org.jmapproxy.backend.imap.internal.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.backend.imap.internal.protocol.StoreMode;
import org.jmapproxy.backend.imap.internal.protocol.UidSet;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.mail.email.NewEmail;

/**
 * Stores a new message at Gmail: in All Mail, where it then gets its labels. What is only in the
 * archive gets none.
 */
final class GmailImport {
  private final Desk desk;
  private final StoredFolder home;
  private final Instant deadline;

  GmailImport(Desk desk, StoredFolder home, Instant deadline) {
    this.desk = desk;
    this.home = home;
    this.deadline = deadline;
  }

  /** Whether a message in a Mailbox is in All Mail: everywhere but in the trash and in spam. */
  static boolean isInHome(StoredFolder folder) {
    return folder.isLabel() || folder.holdsLabelled();
  }

  /** The UID in All Mail. */
  long run(List<StoredFolder> into, NewEmail email) {
    long uid = new AppendMessage(desk, deadline).run(home, email);
    Set<String> labels =
        into.stream()
            .map(StoredFolder::label)
            .flatMap(Optional::stream)
            .filter(label -> !label.isEmpty())
            .collect(Collectors.toSet());
    if (!labels.isEmpty()) {
      desk.onFolder(
          home,
          deadline,
          link -> {
            link.imap().messages().storeLabels(UidSet.of(uid), StoreMode.ADD, labels);
            return uid;
          });
    }
    return uid;
  }
}
