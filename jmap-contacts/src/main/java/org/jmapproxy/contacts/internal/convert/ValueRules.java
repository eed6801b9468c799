package org.jmapproxy.contacts.internal.convert;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/** Values that are one text or one URI. */
final class ValueRules {

  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:\\S+");
  private static final Pattern PHONE_URI =
      Pattern.compile("(?i)(tel|sips?|h323|xmpp|skype|callto|facetime|https?):\\S+");

  private ValueRules() {}

  /** A value of type TEXT. */
  static ValueRule text(String member) {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        entry.put(member, Text.unescape(line.value()));
        return !line.value().isBlank();
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Optional<String> text = Members.string(entry, member);
        text.ifPresent(value -> line.value(Text.escape(value)));
        return text.isPresent();
      }
    };
  }

  /** A value of type URI. Whether it is one is not asked: what was entered is kept. */
  static ValueRule uri(String member) {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        String uri = plainUri(line.value());
        entry.put(member, uri);
        return !uri.isEmpty() && !line.parameters().has("VALUE", "text");
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Optional<String> uri = Members.string(entry, member);
        uri.ifPresent(line::value);
        return uri.isPresent();
      }
    };
  }

  /** The number of a phone, which is a text or a URI (section 2.7.6). */
  static ValueRule phone() {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        String value = line.value();
        boolean uri = line.parameters().has("VALUE", "uri") || PHONE_URI.matcher(value).matches();
        entry.put("number", uri ? plainUri(value) : Text.unescape(value));
        return !value.isBlank();
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Optional<String> number = Members.string(entry, "number");
        number.ifPresent(
            value -> {
              if (PHONE_URI.matcher(value).matches()) {
                line.set("VALUE", "uri").value(value);
              } else {
                line.value(Text.escape(value));
              }
            });
        return number.isPresent();
      }
    };
  }

  static boolean isUri(String value) {
    return URI.matcher(value).matches();
  }

  /** A URI without the backslashes and blanks that some applications put into it. */
  static String plainUri(String value) {
    String uri = value.strip();
    return uri.indexOf('\\') < 0
        ? uri
        : uri.replace("\\:", ":").replace("\\,", ",").replace("\\;", ";");
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
