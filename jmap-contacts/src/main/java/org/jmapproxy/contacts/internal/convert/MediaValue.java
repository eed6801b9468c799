package org.jmapproxy.contacts.internal.convert;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jmapproxy.contacts.internal.line.ContentLine;
import org.jmapproxy.contacts.vcard.VCardVersion;
import tools.jackson.databind.node.ObjectNode;

/**
 * PHOTO, LOGO, SOUND and KEY: a URI, of which {@code data:} holds the content. Version 3.0 has the
 * content itself, in base64 with its format as TYPE.
 */
record MediaValue(String topLevel, Map<String, String> formats) implements ValueRule {

  private static final Pattern DATA =
      Pattern.compile("(?i)data:([a-z0-9.+-]+/[a-z0-9.+-]+);base64,([A-Za-z0-9+/=]*)");

  static final MediaValue IMAGE = new MediaValue("image", Map.of("JPG", "image/jpeg"));
  static final MediaValue AUDIO = new MediaValue("audio", Map.of("WAVE", "audio/wav"));
  static final MediaValue KEY =
      new MediaValue(
          "application", Map.of("PGP", "application/pgp-keys", "X509", "application/pkix-cert"));

  @Override
  public boolean read(ContentLine line, ParameterCursor parameters, ObjectNode entry) {
    if (line.parameters().has("VALUE", "text")) {
      return false;
    }
    boolean embedded =
        line.parameters().has("ENCODING", "b") || line.parameters().has("ENCODING", "base64");
    String uri =
        embedded
            ? data(line.value().replaceAll("\\s", ""), parameters)
            : ValueRules.plainUri(line.value());
    entry.put("uri", uri);
    return !line.value().isBlank();
  }

  private String data(String base64, ParameterCursor parameters) {
    Optional<String> mediaType = parameters.take("MEDIATYPE");
    List<String> types = parameters.takeAll("TYPE");
    String format = types.isEmpty() ? "" : types.get(0).toUpperCase(Locale.ROOT);
    String type =
        mediaType.orElseGet(
            () ->
                format.isEmpty()
                    ? guessed(base64)
                    : format.contains("/")
                        ? format.toLowerCase(Locale.ROOT)
                        : formats.getOrDefault(
                            format, topLevel + "/" + format.toLowerCase(Locale.ROOT)));
    return "data:" + type + ";base64," + base64;
  }

  private static String guessed(String base64) {
    if (base64.startsWith("/9j/")) {
      return "image/jpeg";
    } else if (base64.startsWith("iVBORw0KGgo")) {
      return "image/png";
    }
    return base64.startsWith("R0lGOD") ? "image/gif" : "application/octet-stream";
  }

  @Override
  public boolean write(ObjectNode entry, LineDraft line, VCardVersion version) {
    Optional<String> uri = Members.string(entry, "uri").filter(text -> !text.isBlank());
    if (uri.isEmpty()) {
      return false;
    }
    Matcher data = DATA.matcher(uri.get());
    if (version == VCardVersion.V4_0) {
      line.value(uri.get());
    } else if (data.matches() && !entry.has("mediaType")) {
      line.set("ENCODING", "b").addType(format(data.group(1))).value(data.group(2));
    } else {
      line.set("VALUE", "uri").value(uri.get());
    }
    return true;
  }

  private String format(String mediaType) {
    for (Map.Entry<String, String> format : formats.entrySet()) {
      if (format.getValue().equals(mediaType) && !format.getKey().equals("JPG")) {
        return format.getKey();
      }
    }
    return mediaType.startsWith(topLevel + "/")
        ? mediaType.substring(topLevel.length() + 1).toUpperCase(Locale.ROOT)
        : mediaType;
  }
}
