package org.jmapproxy.backend.imap.internal.sync;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.mail.mailbox.RoleNames;

/**
 * Gives each role to one of the user's own folders: first to those that claim it by attribute, then
 * by name.
 */
final class FolderRoles {
  private FolderRoles() {}

  /**
   * Roles by path.
   *
   * @param archive the folder that is the archive, if that is known
   */
  static Map<String, String> of(
      List<ListedMailbox> mailboxes, FolderPaths paths, Optional<String> archive) {
    Map<String, String> roles = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    List<ListedMailbox> own =
        mailboxes.stream().filter(mailbox -> !paths.isOthers(mailbox.name())).toList();
    give("INBOX", "inbox", roles, taken);
    archive.ifPresent(path -> give(path, "archive", roles, taken));
    for (ListedMailbox mailbox : own) {
      mailbox.attributes().stream()
          .sorted()
          .flatMap(attribute -> RoleNames.ofAttribute(attribute).stream())
          .forEach(role -> give(mailbox.name(), role, roles, taken));
    }
    for (ListedMailbox mailbox : own) {
      if (mailbox.isSelectable() && mayClaimByName(mailbox.name(), paths)) {
        RoleNames.ofFolderName(paths.name(mailbox.name()))
            .ifPresent(role -> give(mailbox.name(), role, roles, taken));
      }
    }
    return roles;
  }

  private static boolean mayClaimByName(String path, FolderPaths paths) {
    Optional<String> parent = paths.parent(path);
    return parent.isEmpty() || parent.get().equals("INBOX");
  }

  private static void give(String path, String role, Map<String, String> roles, Set<String> taken) {
    if (!roles.containsKey(path) && taken.add(role)) {
      roles.put(path, role);
    }
  }
}
