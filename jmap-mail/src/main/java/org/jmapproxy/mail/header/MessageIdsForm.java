package org.jmapproxy.mail.header;

import java.util.List;
import java.util.Optional;

/** The MessageIds form of a header value (RFC 8621 section 4.1.2.5). */
public final class MessageIdsForm {
  private MessageIdsForm() {}

  /**
   * The message ids without their brackets, in order. Phrases between them (obsolete In-Reply-To)
   * are passed over; of a hostile value the first 10,000 are read.
   *
   * @param raw the value in Raw form
   * @return empty (JMAP null) if there is no id in angle brackets
   */
  public static Optional<List<String>> of(String raw) {
    List<String> ids = BracketedItems.of(raw);
    return ids.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(ids));
  }
}
