package org.jmapproxy.backend.imap.internal.sync;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jmapproxy.backend.imap.internal.protocol.ListedMailbox;
import org.jmapproxy.backend.imap.internal.protocol.Namespaces;

/**
 * How the whole names of IMAP folders become a tree. A personal namespace that lives below a prefix
 * such as {@code INBOX.} shows its folders at the top, beside INBOX, where people expect them.
 * Folders of others keep their whole names, so that they stand below parents of their own; where
 * their names have no such parent ({@code ~fred}, or no prefix at all), they get one that is only
 * here.
 */
public final class FolderPaths {
  private static final int MOST_MISSING = 100_000;

  /** No path on a server: folder names have no control characters (RFC 3501 section 5.1). */
  private static final Map<Namespaces.Owner, String> MADE_UP =
      Map.of(Namespaces.Owner.OTHERS, "\u0001others", Namespaces.Owner.SHARED, "\u0001shared");

  private static final Map<String, String> MADE_UP_NAMES =
      Map.of("\u0001others", "Other Users", "\u0001shared", "Shared Folders");

  private final Set<String> listed = new LinkedHashSet<>();
  private final Set<String> raised = new LinkedHashSet<>();
  private final Set<String> missing = new LinkedHashSet<>();
  private final Map<String, Character> told = new HashMap<>();
  private final Separators separators;
  private final Namespaces namespaces;
  private final String prefix;

  private FolderPaths(Optional<Character> separator, Namespaces namespaces) {
    this.separators = Separators.of(separator, namespaces);
    this.namespaces = namespaces;
    this.prefix =
        namespaces.personal().stream().findFirst().map(Namespaces.Namespace::prefix).orElse("");
  }

  static FolderPaths of(List<ListedMailbox> mailboxes, Namespaces namespaces) {
    Optional<Character> separator =
        mailboxes.stream()
            .filter(mailbox -> !namespaces.isOthers(mailbox.name()))
            .flatMap(mailbox -> mailbox.separator().stream())
            .findFirst();
    FolderPaths paths = new FolderPaths(separator, namespaces);
    for (ListedMailbox mailbox : mailboxes) {
      paths.listed.add(mailbox.name());
      mailbox.separator().ifPresent(between -> paths.told.put(mailbox.name(), between));
    }
    mailboxes.forEach(mailbox -> paths.noteMissingParents(mailbox.name()));
    return paths;
  }

  /** Shows these paths at the top, unless that would hide another folder of that name. */
  FolderPaths raising(Set<String> paths) {
    paths.stream().filter(path -> !listed.contains(lastPart(path))).forEach(raised::add);
    return this;
  }

  private String lastPart(String path) {
    return path.substring(lastSeparator(path) + 1);
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

  /** What stands between the levels of paths. */
  Separators separators() {
    return separators;
  }

  /** What the server told of this folder decides, then what it told of the namespace. */
  private Optional<Character> separator(String path) {
    return Optional.ofNullable(told.get(path)).or(() -> separators.of(path));
  }

  private int lastSeparator(String path) {
    return separator(path).map(path::lastIndexOf).orElse(-1);
  }

  /** Parents that no LIST response told of. */
  Set<String> missingParents() {
    return Set.copyOf(missing);
  }

  /** The path of the folder above. */
  Optional<String> parent(String path) {
    if (path.equals("INBOX") || raised.contains(path) || isMadeUp(path)) {
      return Optional.empty();
    }
    int last = lastSeparator(path);
    return last > start(path) ? Optional.of(path.substring(0, last)) : madeUpParent(path);
  }

  /** Folders of others whose namespace is no folder above them. */
  private Optional<String> madeUpParent(String path) {
    return namespaces
        .otherThanPersonal(path)
        .filter(namespace -> !namespace.isFolder())
        .flatMap(namespaces::owner)
        .map(MADE_UP::get);
  }

  private static boolean isMadeUp(String path) {
    return MADE_UP_NAMES.containsKey(path);
  }

  /** The name of the folder without the folders above it. */
  String name(String path) {
    if (isMadeUp(path)) {
      return madeUpName(path);
    }
    int start = start(path);
    int last = lastSeparator(path);
    String name = last > start ? path.substring(last + 1) : path.substring(start);
    return shown(name.isEmpty() ? path : name);
  }

  /** Mailboxes with the same parent have different names (RFC 8621 section 2). */
  private String madeUpName(String path) {
    Set<String> beside = new HashSet<>();
    listed.stream().filter(other -> parent(other).isEmpty()).map(this::name).forEach(beside::add);
    missing.stream()
        .filter(other -> !isMadeUp(other) && parent(other).isEmpty())
        .map(this::name)
        .forEach(beside::add);
    String name = MADE_UP_NAMES.getOrDefault(path, path);
    for (int number = 2; beside.contains(name); number++) {
      name = MADE_UP_NAMES.get(path) + " " + number;
    }
    return name;
  }

  boolean hasChildren(String path) {
    Optional<Character> separator = separator(path);
    return separator.isPresent()
        && listed.stream().anyMatch(other -> other.startsWith(path + separator.get()));
  }

  /** Whether this is the namespace itself, which is no folder. */
  boolean isPrefixOnly(String path) {
    return !path.equals("INBOX")
        && separator(path).map(between -> prefix.equals(path + between)).orElse(false);
  }

  /** What the paths of the user's own folders begin with. */
  String prefix() {
    return prefix;
  }

  /** Whether this is, or stands above, a folder of other users or of nobody alone. */
  boolean isOthers(String path) {
    return isMadeUp(path) || namespaces.isOthers(path);
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
