package org.jmapproxy.contacts.internal.convert;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.internal.line.Text;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/** GEO and TZ (RFC 9555 section 2.8). */
final class PlaceValues {

  private static final Pattern NUMBERS =
      Pattern.compile("(-?\\d{1,3}(?:\\.\\d+)?)[;,]\\s*(-?\\d{1,3}(?:\\.\\d+)?)");
  private static final Pattern GEO_URI =
      Pattern.compile("geo:(-?\\d{1,3}(?:\\.\\d+)?),(-?\\d{1,3}(?:\\.\\d+)?)");
  private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2}):?(\\d{2})?");

  private PlaceValues() {}

  /** A {@code geo:} URI; two numbers in version 3.0. */
  static ValueRule coordinates() {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        String value = ValueRules.plainUri(line.value());
        Matcher numbers = NUMBERS.matcher(value);
        if (numbers.matches()) {
          entry.put("coordinates", "geo:" + numbers.group(1) + "," + numbers.group(2));
          return true;
        }
        entry.put("coordinates", value);
        return value.toLowerCase(Locale.ROOT).startsWith("geo:");
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Optional<String> uri = Members.string(entry, "coordinates");
        if (uri.isEmpty()) {
          return false;
        }
        Matcher plain = GEO_URI.matcher(uri.get());
        line.value(
            version == VCardVersion.V3_0 && plain.matches()
                ? plain.group(1) + ";" + plain.group(2)
                : uri.get());
        return true;
      }
    };
  }

  /** The name of a time zone, or whole hours from UTC. */
  static ValueRule timeZone() {
    return new ValueRule() {
      @Override
      public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
        Optional<String> zone = zone(line);
        zone.ifPresent(name -> entry.put("timeZone", name));
        return zone.isPresent();
      }

      @Override
      public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
        Optional<String> zone = Members.string(entry, "timeZone");
        zone.ifPresent(
            name -> {
              if (version == VCardVersion.V3_0) {
                line.set("VALUE", "text");
              }
              line.value(Text.escape(name));
            });
        return zone.isPresent() && !entry.has("coordinates");
      }
    };
  }

  private static Optional<String> zone(ContentLine line) {
    String value = Text.unescape(line.value()).strip();
    Matcher offset = OFFSET.matcher(value);
    if (line.parameters().has("VALUE", "uri") || value.isEmpty()) {
      return Optional.empty();
    }
    if (!offset.matches()) {
      return Optional.of(value);
    }
    int hours = Integer.parseInt(offset.group(2));
    boolean west = offset.group(1).equals("-");
    boolean whole = offset.group(3) == null || offset.group(3).equals("00");
    if (!whole || hours > (west ? 12 : 14)) {
      return Optional.empty();
    }
    return Optional.of(hours == 0 ? "Etc/UTC" : "Etc/GMT" + (west ? "+" : "-") + hours);
  }
}
