package org.jmapproxy.mail.email;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderField;
import org.jmapproxy.mail.header.TextForm;

/**
 * The value of the filter {@code header} (RFC 8621 section 4.4.1).
 *
 * @param name the field's name, in any case
 * @param value the text to look for in its value; absent: the field just has to be there
 */
public record HeaderFilter(String name, Optional<String> value) {

  /** Tells of headers whether they match. To be kept where there are many: it knows the text. */
  public Predicate<HeaderBlock> matcher() {
    if (value.isEmpty()) {
      return header -> header.last(name).isPresent();
    }
    SearchText text = SearchText.parse(value.get());
    return header -> {
      List<HeaderField> fields = header.all(name);
      return fields.stream().anyMatch(field -> text.matches(TextForm.of(field.parseable())));
    };
  }
}
