package org.jmapproxy.backend.imap.internal.sync;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.mail.mailbox.MailboxRights;

/**
 * What the user may do with each folder (RFC 4314, RFC 8621 section 2). Where LIST does not tell,
 * every question is a round trip: the user's own folders are asked about once, and those of others,
 * who may change their minds, again after some listings. Used by one thread at a time.
 */
public final class RightsBook {
  private static final int ASK_OTHERS_EVERY = 10;
  private static final String EVERYTHING = "lrswipkxtea";
  private static final String NOTHING = "";

  private final Map<String, String> letters = new HashMap<>();
  private int listings;

  /** A new listing begins. */
  void begin(FolderPaths paths) {
    if (++listings % ASK_OTHERS_EVERY == 0) {
      letters.keySet().removeIf(paths::isOthers);
    }
  }

  /** The rights in a folder. */
  MailboxRights of(ListedMailbox mailbox, FolderPaths paths, Link link) {
    String rights =
        mailbox
            .rights()
            .orElseGet(
                () -> letters.computeIfAbsent(mailbox.name(), name -> ask(mailbox, paths, link)));
    boolean holdsMessages = mailbox.isSelectable() && has(rights, 'r');
    boolean mayDelete = mayDelete(rights) && !mailbox.name().equals("INBOX");
    return new MailboxRights(
        holdsMessages,
        holdsMessages && has(rights, 'i'),
        holdsMessages && mayRemoveItems(rights),
        holdsMessages && has(rights, 's'),
        holdsMessages && has(rights, 'w'),
        mayCreateChild(rights) && !mailbox.has("\\noinferiors"),
        mayDelete,
        mayDelete,
        holdsMessages && has(rights, 'p'));
  }

  private static String ask(ListedMailbox mailbox, FolderPaths paths, Link link) {
    Optional<String> told = link.imap().mailboxes().myRights(mailbox.name());
    boolean isOnlyAName = paths.isOthers(mailbox.name()) && !mailbox.isSelectable();
    return told.orElse(isOnlyAName ? NOTHING : EVERYTHING);
  }

  /** The rights in a name that is only there because others stand below it. */
  static MailboxRights ofPlaceholder(String path, FolderPaths paths) {
    boolean mayCreateChild = !paths.isOthers(path);
    return new MailboxRights(
        false, false, false, false, false, mayCreateChild, false, false, false);
  }

  private static boolean mayRemoveItems(String rights) {
    return isOld(rights) ? has(rights, 'd') : has(rights, 't') && has(rights, 'e');
  }

  private static boolean mayCreateChild(String rights) {
    return has(rights, isOld(rights) ? 'c' : 'k');
  }

  private static boolean mayDelete(String rights) {
    return has(rights, isOld(rights) ? 'c' : 'x');
  }

  /** The letters of RFC 2086; a server of RFC 4314 tells c and d only beside the finer ones. */
  private static boolean isOld(String rights) {
    return (has(rights, 'c') || has(rights, 'd'))
        && "kxte".chars().noneMatch(letter -> has(rights, (char) letter));
  }

  private static boolean has(String rights, char letter) {
    return rights.indexOf(letter) >= 0;
  }
}
