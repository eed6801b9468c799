package org.jmapproxy.mail.header;

import java.util.List;
import java.util.Optional;

/** The URLs form of a header value (RFC 8621 section 4.1.2.7). */
public final class UrlsForm {
  private UrlsForm() {}

  /**
   * The URLs without their brackets, in order of preference (RFC 2369).
   *
   * @param raw the value in Raw form
   * @return empty (JMAP null) if there is no URL in angle brackets, as in {@code List-Post: NO}
   */
  public static Optional<List<String>> of(String raw) {
    List<String> urls = BracketedItems.of(raw);
    return urls.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(urls));
  }
}
