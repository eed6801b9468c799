package org.jmapproxy.backend.imap.internal.sync;

import java.util.HashMap;
import java.util.Map;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.mail.mailbox.MailboxRights;

/**
 * What the user may do with each folder (RFC 4314, RFC 8621 section 2): asked once per folder, as
 * every question is a round trip. Used by one thread at a time.
 */
public final class RightsBook {
  /** Of a name that is only there because others stand below it. */
  static final MailboxRights OF_PLACEHOLDER =
      new MailboxRights(false, false, false, false, false, true, false, false, false);

  private static final String EVERYTHING = "lrswipkxtea";
  private final Map<String, String> letters = new HashMap<>();

  /** The rights in a folder. */
  MailboxRights of(ListedMailbox mailbox, Link link) {
    String rights =
        letters.computeIfAbsent(
            mailbox.name(), name -> link.imap().mailboxes().myRights(name).orElse(EVERYTHING));
    boolean holdsMessages = mailbox.isSelectable();
    boolean isInbox = mailbox.name().equals("INBOX");
    boolean mayDelete = (has(rights, 'x') || has(rights, 'd')) && !isInbox;
    return new MailboxRights(
        holdsMessages && has(rights, 'r'),
        holdsMessages && has(rights, 'i'),
        holdsMessages && (has(rights, 'd') || (has(rights, 't') && has(rights, 'e'))),
        holdsMessages && has(rights, 's'),
        holdsMessages && has(rights, 'w'),
        (has(rights, 'k') || has(rights, 'c')) && !mailbox.has("\\noinferiors"),
        mayDelete,
        mayDelete,
        holdsMessages);
  }

  /** Forgets everything, so that the next listing asks again. */
  void clear() {
    letters.clear();
  }

  private static boolean has(String rights, char letter) {
    return rights.indexOf(letter) >= 0;
  }
}
