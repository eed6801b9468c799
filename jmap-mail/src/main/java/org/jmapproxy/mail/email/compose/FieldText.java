package org.jmapproxy.mail.email.compose;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.mail.header.HeaderForm;
import org.jmapproxy.mail.header.HeaderProperty;
import tools.jackson.databind.JsonNode;

/** Writes header fields from values in the forms of RFC 8621 section 4.1.2. */
final class FieldText {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss xx", Locale.US);

  private FieldText() {}

  /**
   * The lines of a property, each ended by CRLF; none for null.
   *
   * @param value of the type that the property has
   */
  static String of(HeaderProperty property, JsonNode value) {
    StringBuilder lines = new StringBuilder();
    if (property.all()) {
      value.forEach(one -> lines.append(field(property, one)));
    } else {
      lines.append(field(property, value));
    }
    return lines.toString();
  }

  /** A field with a date. */
  static String date(String name, OffsetDateTime date) {
    return name + ": " + DATE.format(date) + "\r\n";
  }

  private static String field(HeaderProperty property, JsonNode value) {
    boolean nothing = value.isNull() || (value.isArray() && value.isEmpty());
    if (nothing) {
      return "";
    }
    String name = property.fieldName();
    return name + ":" + value(property, value) + "\r\n";
  }

  private static String value(HeaderProperty property, JsonNode value) {
    HeaderForm form = property.form();
    if (form == HeaderForm.RAW) {
      return raw(property, value.stringValue());
    }
    FoldedValue folded = new FoldedValue(property.fieldName().length() + 1);
    words(property, value).forEach(folded::add);
    return folded.toString();
  }

  private static List<String> words(HeaderProperty property, JsonNode value) {
    return switch (property.form()) {
      case RAW -> throw new IllegalStateException("raw values have no words");
      case TEXT -> EncodedText.words(value.stringValue());
      case ADDRESSES -> AddressText.addresses(value);
      case GROUPED_ADDRESSES -> AddressText.groups(value);
      case DATE -> List.of(DATE.format(Dates.parse(value.stringValue()).orElseThrow()));
      case MESSAGE_IDS -> bracketed(property, value, "");
      case URLS -> bracketed(property, value, ",");
    };
  }

  private static List<String> bracketed(HeaderProperty property, JsonNode list, String separator) {
    List<String> words = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String item = list.get(i).stringValue();
      if (item.isEmpty()
          || item.chars().anyMatch(c -> c <= ' ' || c == 0x7f || c == '<' || c == '>')) {
        throw RefusedDraftException.property(
            property.property(), "must not hold spaces or angle brackets");
      }
      words.add("<" + item + ">" + (i + 1 < list.size() ? separator : ""));
    }
    return words;
  }

  /** A raw value may be folded, but it may not smuggle in further fields. */
  private static String raw(HeaderProperty property, String value) {
    String unfolded = value.replace("\r\n ", "  ").replace("\r\n\t", "  ");
    if (unfolded.chars().anyMatch(c -> c != '\t' && (c < ' ' || c == 0x7f))) {
      throw RefusedDraftException.property(
          property.property(), "must not hold control characters or unfolded line breaks");
    }
    return value;
  }
}
