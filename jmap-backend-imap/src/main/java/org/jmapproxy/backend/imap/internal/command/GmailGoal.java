package org.jmapproxy.backend.imap.internal.command;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.store.StoredFolder;
import org.jmapproxy.core.error.SetError;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.mail.email.Email;
import org.jmapproxy.mail.email.EmailUpdate;

/**
 * What an update comes to at Gmail, where the archive shows what is in no other Mailbox, and the
 * trash and spam hold messages alone.
 *
 * @param isAdapted whether the Email leaves the archive, or does not enter it, unasked
 * @param refusal why Gmail cannot do it
 */
record GmailGoal(Goal goal, boolean isAdapted, Optional<SetError> refusal) {

  /**
   * Understands an update.
   *
   * @param folders all folders of an account at Gmail; none elsewhere
   */
  static GmailGoal of(Email before, EmailUpdate update, List<StoredFolder> folders) {
    Goal goal = Goal.of(before, update);
    if (folders.isEmpty()) {
      return new GmailGoal(goal, false, Optional.empty());
    }
    Set<Id> after = new HashSet<>(update.mailboxIds().applyTo(before.mailboxIds()));
    boolean isAdapted = false;
    boolean isAlone = false;
    for (StoredFolder folder : folders) {
      if (after.size() > 1 && after.contains(folder.mailboxId()) && folder.isSelectable()) {
        if (folder.holdsLabelled()) {
          goal = goal.withoutMailbox(folder.mailboxId());
          after.remove(folder.mailboxId());
          isAdapted = true;
        } else {
          isAlone |= !folder.isLabel();
        }
      }
    }
    return new GmailGoal(
        goal,
        isAdapted,
        isAlone && after.size() > 1
            ? Optional.of(
                SetError.invalidProperty(
                    "mailboxIds", "Gmail keeps a message in the trash or in spam alone"))
            : Optional.empty());
  }
}
