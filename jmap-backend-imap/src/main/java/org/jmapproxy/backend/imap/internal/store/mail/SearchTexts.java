package org.jmapproxy.backend.imap.internal.store.mail;

import java.util.stream.Collectors;
import org.jmapproxy.mail.email.SearchText;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderField;
import org.jmapproxy.mail.header.TextForm;

/**
 * The texts of a message that filters look into, decoded and caseless.
 *
 * @param from of From
 * @param to of To
 * @param cc of Cc
 * @param bcc of Bcc
 * @param subject of Subject
 */
record SearchTexts(String from, String to, String cc, String bcc, String subject) {

  private static final int LONGEST = 100_000;

  static SearchTexts of(HeaderBlock header) {
    return new SearchTexts(
        text(header, "From"),
        text(header, "To"),
        text(header, "Cc"),
        text(header, "Bcc"),
        text(header, "Subject"));
  }

  private static String text(HeaderBlock header, String name) {
    String all =
        header.all(name).stream().map(SearchTexts::decoded).collect(Collectors.joining("\n"));
    return SearchText.caseless(all.length() > LONGEST ? all.substring(0, LONGEST) : all);
  }

  private static String decoded(HeaderField field) {
    return TextForm.of(field.parseable());
  }
}
