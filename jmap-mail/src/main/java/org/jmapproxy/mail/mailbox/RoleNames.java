package org.jmapproxy.mail.mailbox;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The role of a Mailbox (RFC 8621 section 2) by what a server or a person calls it. Special-use
 * attributes say it for certain; a name is a guess, made only where no attribute says otherwise.
 */
public final class RoleNames {
  private static final Map<String, String> BY_ATTRIBUTE =
      Map.ofEntries(
          Map.entry("\\all", "all"),
          Map.entry("\\allmail", "all"),
          Map.entry("\\archive", "archive"),
          Map.entry("\\drafts", "drafts"),
          Map.entry("\\flagged", "flagged"),
          Map.entry("\\starred", "flagged"),
          Map.entry("\\important", "important"),
          Map.entry("\\inbox", "inbox"),
          Map.entry("\\junk", "junk"),
          Map.entry("\\spam", "junk"),
          Map.entry("\\sent", "sent"),
          Map.entry("\\trash", "trash"),
          Map.entry("\\memos", "memos"),
          Map.entry("\\scheduled", "scheduled"),
          Map.entry("\\snoozed", "snoozed"));

  private static final Map<String, String> BY_NAME = byName();

  private RoleNames() {}

  /**
   * The role that a LIST attribute gives (RFC 6154, IANA's Mailbox Name Attributes, XLIST).
   *
   * @param attribute with its backslash, in any case
   * @return empty for attributes that name no role
   */
  public static Optional<String> ofAttribute(String attribute) {
    return Optional.ofNullable(BY_ATTRIBUTE.get(attribute.toLowerCase(Locale.ROOT)));
  }

  /**
   * The role that a well-known name suggests, in many languages. Meant for folders at the top, or
   * directly below INBOX; elsewhere a folder "Sent" is just a folder.
   *
   * @param name the decoded name of the folder, without its parents; INBOX in any case is inbox
   */
  public static Optional<String> ofFolderName(String name) {
    if (name.equalsIgnoreCase("INBOX")) {
      return Optional.of("inbox");
    }
    return Optional.ofNullable(BY_NAME.get(key(name)));
  }

  private static String key(String name) {
    return Normalizer.normalize(name.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> byName() {
    Map<String, String> roles = new HashMap<>();
    WellKnownFolders.NAMES
        .lines()
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              String role = line.substring(0, colon);
              for (String name : line.substring(colon + 1).split(",", -1)) {
                roles.put(key(name), role);
              }
            });
    return Map.copyOf(roles);
  }
}
