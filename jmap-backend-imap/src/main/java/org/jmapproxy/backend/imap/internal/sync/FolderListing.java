package org.jmapproxy.backend.imap.internal.sync;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.connect.Link;
import org.jmapproxy.backend.imap.internal.connect.ServerAbilities;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.MailboxStatus;
import org.jmapproxy.backend.imap.internal.protocol.Namespaces;
import org.jmapproxy.backend.imap.internal.protocol.StatusItem;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapBadCommandException;
import org.jmapproxy.backend.imap.internal.protocol.error.ImapRefusedException;
import org.jmapproxy.backend.imap.internal.store.FolderEvidence;
import org.jmapproxy.backend.imap.internal.store.FolderRound;
import org.jmapproxy.backend.imap.internal.store.ListedFolder;
import org.jmapproxy.mail.mailbox.MailboxRights;

/**
 * The folders of an account at one moment.
 *
 * @param round the folders as the store takes them
 * @param statuses what STATUS said, by path
 * @param separators between the levels of a path
 * @param prefix what the paths of the user's own folders begin with
 */
public record FolderListing(
    FolderRound round, Map<String, MailboxStatus> statuses, Separators separators, String prefix) {

  /** Asks the server. */
  public static FolderListing read(Link link, ServerAbilities abilities, RightsBook rights) {
    Set<StatusItem> items = abilities.statusItems();
    boolean listsStatus = abilities.listsStatus();
    List<ListedMailbox> listed =
        link.imap().mailboxes().list(listsStatus ? items : Set.<StatusItem>of());
    Map<String, MailboxStatus> statuses = new LinkedHashMap<>();
    for (ListedMailbox mailbox : listed) {
      if (mailbox.isSelectable()) {
        mailbox
            .status()
            .or(() -> statusOf(mailbox.name(), link, items))
            .ifPresent(status -> statuses.put(mailbox.name(), status));
      }
    }
    Optional<GmailFolders> gmail =
        abilities.capabilities().has("X-GM-EXT-1") ? GmailFolders.of(listed) : Optional.empty();
    FolderPaths paths =
        FolderPaths.of(listed, link.imap().namespaces().orElse(Namespaces.none()))
            .raising(gmail.map(GmailFolders::raised).orElseGet(Set::of));
    rights.begin(paths);
    Map<String, String> roles = FolderRoles.of(listed, paths, gmail.map(GmailFolders::home));
    List<ListedFolder> folders = new ArrayList<>();
    for (ListedMailbox mailbox : shown(listed, paths, gmail)) {
      String path = mailbox.name();
      MailboxRights allowed = rights.of(mailbox, paths, link);
      FolderEvidence evidence =
          Optional.ofNullable(statuses.get(path))
              .map(FolderListing::evidence)
              .orElseGet(FolderEvidence::none);
      folders.add(
          new ListedFolder(
              path,
              paths.parent(path),
              paths.name(path),
              Optional.ofNullable(roles.get(path)),
              mailbox.isSelectable() && allowed.mayReadItems(),
              mailbox.subscribed(),
              allowed,
              gmail.map(known -> known.evidence(path, evidence)).orElse(evidence),
              gmail.flatMap(known -> known.label(path))));
    }
    gmail.ifPresent(known -> statuses.keySet().removeIf(path -> !known.holdsMessages(path)));
    paths.missingParents().forEach(path -> folders.add(placeholder(path, paths)));
    return new FolderListing(
        FolderRound.of(folders), Map.copyOf(statuses), paths.separators(), paths.prefix());
  }

  /** Servers list subscribed names that do not exist; without children they are nothing. */
  private static List<ListedMailbox> shown(
      List<ListedMailbox> listed, FolderPaths paths, Optional<GmailFolders> gmail) {
    Set<String> seen = new HashSet<>();
    return listed.stream()
        .filter(mailbox -> !mailbox.name().isEmpty())
        .filter(
            mailbox -> gmail.map(known -> !known.hidden().contains(mailbox.name())).orElse(true))
        .filter(mailbox -> !paths.isPrefixOnly(mailbox.name()))
        .filter(mailbox -> !mailbox.has("\\nonexistent") || paths.hasChildren(mailbox.name()))
        .filter(
            mailbox ->
                mailbox.isSelectable()
                    || !paths.isOthers(mailbox.name())
                    || paths.hasChildren(mailbox.name()))
        .filter(mailbox -> seen.add(mailbox.name()))
        .toList();
  }

  private static ListedFolder placeholder(String path, FolderPaths paths) {
    return new ListedFolder(
        path,
        paths.parent(path),
        paths.name(path),
        Optional.empty(),
        false,
        false,
        RightsBook.ofPlaceholder(path, paths),
        FolderEvidence.none());
  }

  private static Optional<MailboxStatus> statusOf(
      String mailbox, Link link, Set<StatusItem> items) {
    try {
      return link.imap().mailboxes().status(mailbox, items);
    } catch (ImapRefusedException | ImapBadCommandException e) {
      return Optional.empty();
    }
  }

  private static FolderEvidence evidence(MailboxStatus status) {
    return new FolderEvidence(
        status.mailboxId(), status.guid(), status.uidValidity(), status.uidNext());
  }

  /** How many messages there are in all folders, as far as told. */
  public long messages() {
    return statuses.values().stream().mapToLong(status -> status.messages().orElse(0)).sum();
  }
}
