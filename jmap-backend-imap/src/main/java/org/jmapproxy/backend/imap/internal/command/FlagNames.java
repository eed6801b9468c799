package org.jmapproxy.backend.imap.internal.command;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** How JMAP keywords are written as IMAP flags (RFC 8621 section 4.1.1). */
final class FlagNames {
  static final String DELETED = "\\Deleted";

  private static final Map<String, String> SYSTEM_FLAGS =
      Map.of(
          "$seen", "\\Seen",
          "$flagged", "\\Flagged",
          "$answered", "\\Answered",
          "$draft", "\\Draft");

  private FlagNames() {}

  static Set<String> of(Collection<String> keywords) {
    return keywords.stream()
        .map(keyword -> SYSTEM_FLAGS.getOrDefault(keyword, keyword))
        .collect(Collectors.toUnmodifiableSet());
  }
}
