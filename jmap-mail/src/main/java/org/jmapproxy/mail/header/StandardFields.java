package org.jmapproxy.mail.header;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The header fields that RFC 5322 and RFC 2369 define, in lower case, by what they hold. */
final class StandardFields {
  static final Set<String> TEXTS = Set.of("subject", "comments", "keywords", "list-id");
  static final Set<String> MESSAGE_IDS =
      Set.of("message-id", "in-reply-to", "references", "resent-message-id");
  static final Set<String> DATES = Set.of("date", "resent-date");
  static final Set<String> URLS =
      Set.of(
          "list-help",
          "list-unsubscribe",
          "list-subscribe",
          "list-post",
          "list-owner",
          "list-archive");
  static final Set<String> ADDRESSES =
      Set.of(
          "from",
          "sender",
          "reply-to",
          "to",
          "cc",
          "bcc",
          "resent-from",
          "resent-sender",
          "resent-reply-to",
          "resent-to",
          "resent-cc",
          "resent-bcc");

  /** List-Id, of RFC 2919, has a form of its own and yet is open to all others. */
  private static final Set<String> ALL =
      Stream.of(
              Set.of("subject", "comments", "keywords", "return-path", "received"),
              MESSAGE_IDS,
              DATES,
              URLS,
              ADDRESSES)
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  private StandardFields() {}

  static boolean contains(String name) {
    return ALL.contains(name);
  }
}
