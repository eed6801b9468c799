package org.jmapproxy.backend.imap.internal.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.backend.imap.internal.store.FolderEvidence;

/**
 * What Gmail's folders are. All Mail holds every message but those in the trash and in spam, with
 * all its labels; the folders of labels only show messages again. So All Mail is the archive, which
 * shows what has no label; starred and important messages have keywords instead of folders.
 *
 * @param home the path of All Mail
 * @param labels the label that each other folder shows, by path
 * @param hidden paths that are no Mailboxes
 * @param raised paths of the folders that Gmail itself makes, shown at the top
 */
record GmailFolders(
    String home, Map<String, String> labels, Set<String> hidden, Set<String> raised) {

  private static final Map<String, String> SYSTEM_LABELS =
      Map.of("\\sent", "\\Sent", "\\drafts", "\\Draft");
  private static final Set<String> SPECIAL =
      Set.of("\\all", "\\sent", "\\drafts", "\\trash", "\\junk", "\\flagged", "\\important");

  /** Understands a listing; empty where All Mail is hidden from IMAP. */
  static Optional<GmailFolders> of(List<ListedMailbox> listed) {
    return listed.stream()
        .filter(mailbox -> mailbox.has("\\all") && mailbox.isSelectable())
        .findFirst()
        .map(home -> of(home, listed));
  }

  private static GmailFolders of(ListedMailbox home, List<ListedMailbox> listed) {
    Map<String, String> labels = new HashMap<>();
    Set<String> hidden = new HashSet<>();
    Set<String> raised = new HashSet<>();
    String container = containerOf(home);
    boolean onlySpecial = !container.isEmpty();
    for (ListedMailbox mailbox : listed) {
      boolean inside = !container.isEmpty() && mailbox.name().startsWith(container);
      boolean special = mailbox.attributes().stream().anyMatch(SPECIAL::contains);
      if (inside && special) {
        raised.add(mailbox.name());
      }
      onlySpecial &= !inside || special;
      if (mailbox.has("\\flagged") || mailbox.has("\\important")) {
        hidden.add(mailbox.name());
      } else if (showsLabel(mailbox)) {
        labels.put(mailbox.name(), label(mailbox));
      }
    }
    if (onlySpecial) {
      hidden.add(container.substring(0, container.length() - 1));
    }
    return new GmailFolders(home.name(), labels, hidden, raised);
  }

  /** What the paths of Gmail's own folders begin with: {@code [Gmail]/}, or nothing. */
  private static String containerOf(ListedMailbox home) {
    int end = home.separator().map(separator -> home.name().lastIndexOf(separator)).orElse(-1);
    return home.name().substring(0, end + 1);
  }

  private static boolean showsLabel(ListedMailbox mailbox) {
    return mailbox.isSelectable()
        && !mailbox.has("\\all")
        && !mailbox.has("\\trash")
        && !mailbox.has("\\junk");
  }

  private static String label(ListedMailbox mailbox) {
    if (mailbox.name().equals("INBOX")) {
      return "\\Inbox";
    }
    return mailbox.attributes().stream()
        .filter(SYSTEM_LABELS::containsKey)
        .findFirst()
        .map(attribute -> SYSTEM_LABELS.getOrDefault(attribute, mailbox.name()))
        .orElse(mailbox.name());
  }

  /** Whether the messages of a folder are to be read from it. */
  boolean holdsMessages(String path) {
    return !labels.containsKey(path) && !hidden.contains(path);
  }

  /** What the store is told: empty text for All Mail. */
  Optional<String> label(String path) {
    return path.equals(home) ? Optional.of("") : Optional.ofNullable(labels.get(path));
  }

  /**
   * Gmail never gives UIDVALIDITY of a label to another, and keeps it when the label is renamed.
   */
  FolderEvidence evidence(String path, FolderEvidence known) {
    OptionalLong validity = known.uidValidity();
    return labels.containsKey(path) && validity.isPresent()
        ? new FolderEvidence(
            known.mailboxId(),
            Optional.of("gmail-" + validity.getAsLong()),
            validity,
            known.uidNext())
        : known;
  }
}
