package org.jmapproxy.backend.imap.internal.protocol;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A mailbox as LIST tells it.
 *
 * @param name decoded from modified UTF-7; as sent if it cannot be decoded. {@code INBOX} is always
 *     in upper case
 * @param separator between levels of the hierarchy; empty for a flat name
 * @param attributes in lower case with their backslash, e.g. {@code \noselect}, {@code \sent}
 * @param subscribed whether the user subscribed to it
 * @param status if asked for and given
 * @param rights what the user may do, in the letters of RFC 4314, where LIST tells (LIST-MYRIGHTS)
 */
public record ListedMailbox(
    String name,
    Optional<Character> separator,
    Set<String> attributes,
    boolean subscribed,
    Optional<MailboxStatus> status,
    Optional<String> rights) {

  /** Whether it has that attribute, in any case. */
  public boolean has(String attribute) {
    return attributes.contains(attribute.toLowerCase(Locale.ROOT));
  }

  /** Whether it can be selected: neither {@code \Noselect} nor {@code \NonExistent}. */
  public boolean isSelectable() {
    return !has("\\noselect") && !has("\\nonexistent");
  }
}
