package org.jmapproxy.backend.imap.internal.sync;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.Namespaces;

/**
 * How the whole names of IMAP folders become a tree. A personal namespace that lives below a prefix
 * such as {@code INBOX.} shows its folders at the top, beside INBOX, where people expect them.
 * Folders of others keep their whole names, so that they stand below parents of their own.
 */
public final class FolderPaths {
  private static final int MOST_MISSING = 100_000;

  private final Set<String> listed = new LinkedHashSet<>();
  private final Set<String> raised = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Optional<Character> separator;
  private final Namespaces namespaces;
  private final String prefix;

  private FolderPaths(Optional<Character> separator, Namespaces namespaces) {
    this.separator = separator;
    this.namespaces = namespaces;
    this.prefix =
        namespaces.personal().stream().findFirst().map(Namespaces.Namespace::prefix).orElse("");
  }

  static FolderPaths of(List<ListedMailbox> mailboxes, Namespaces namespaces) {
    Optional<Character> separator =
        mailboxes.stream().flatMap(mailbox -> mailbox.separator().stream()).findFirst();
    FolderPaths paths = new FolderPaths(separator, namespaces);
    mailboxes.forEach(mailbox -> paths.listed.add(mailbox.name()));
    mailboxes.forEach(mailbox -> paths.noteMissingParents(mailbox.name()));
    return paths;
  }

  /** Shows these paths at the top, unless that would hide another folder of that name. */
  FolderPaths raising(Set<String> paths) {
    paths.stream().filter(path -> !listed.contains(lastPart(path))).forEach(raised::add);
    return this;
  }

  private String lastPart(String path) {
    return path.substring(separator.map(path::lastIndexOf).orElse(-1) + 1);
  }

  private void noteMissingParents(String path) {
    Optional<String> parent = parent(path);
    while (parent.isPresent()
        && missing.size() < MOST_MISSING
        && !listed.contains(parent.get())
        && missing.add(parent.get())) {
      parent = parent(parent.get());
    }
  }

  Optional<Character> separator() {
    return separator;
  }

  /** Parents that no LIST response told of. */
  Set<String> missingParents() {
    return Set.copyOf(missing);
  }

  /** The path of the folder above. */
  Optional<String> parent(String path) {
    if (separator.isEmpty() || path.equals("INBOX") || raised.contains(path)) {
      return Optional.empty();
    }
    int start = start(path);
    int last = path.lastIndexOf(separator.get());
    return last > start ? Optional.of(path.substring(0, last)) : Optional.empty();
  }

  /** The name of the folder without the folders above it. */
  String name(String path) {
    int start = start(path);
    int last = separator.map(path::lastIndexOf).orElse(-1);
    String name = last > start ? path.substring(last + 1) : path.substring(start);
    return shown(name.isEmpty() ? path : name);
  }

  boolean hasChildren(String path) {
    return separator.isPresent()
        && listed.stream().anyMatch(other -> other.startsWith(path + separator.get()));
  }

  /** Whether this is the namespace itself, which is no folder. */
  boolean isPrefixOnly(String path) {
    return !path.equals("INBOX") && separator.isPresent() && prefix.equals(path + separator.get());
  }

  /** What the paths of the user's own folders begin with. */
  String prefix() {
    return prefix;
  }

  /** Whether this is, or stands above, a folder of other users or of nobody alone. */
  boolean isOthers(String path) {
    return namespaces.isOthers(path);
  }

  /** Mailbox names are Net-Unicode (RFC 8621 section 2), which has no control characters. */
  private static String shown(String name) {
    return name.chars().anyMatch(Character::isISOControl)
        ? name.replaceAll("\\p{Cntrl}", "\uFFFD").replaceAll("[\u0080-\u009f]", "\uFFFD")
        : name;
  }

  private int start(String path) {
    return !prefix.isEmpty() && path.startsWith(prefix) ? prefix.length() : 0;
  }
}
