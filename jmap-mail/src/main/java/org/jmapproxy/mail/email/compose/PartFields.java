package org.jmapproxy.mail.email.compose;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jmapproxy.mail.header.HeaderProperty;
import org.jmapproxy.mail.mime.ParameterizedValue;
import tools.jackson.databind.JsonNode;

/** The fields of a part, and those that its members mean. */
final class PartFields {

  private static final Map<String, Set<String>> MEMBERS_OF_FIELD =
      Map.of(
          "content-type", Set.of("type", "charset"),
          "content-disposition", Set.of("disposition"),
          "content-id", Set.of("cid"),
          "content-language", Set.of("language"),
          "content-location", Set.of("location"));

  private final JsonNode part;
  private final String at;
  private final StringBuilder given = new StringBuilder();
  private final Set<String> names = new LinkedHashSet<>();
  private Optional<ParameterizedValue> contentType = Optional.empty();

  PartFields(JsonNode part, String at) {
    this.part = part;
    this.at = at;
    part.propertyNames().stream()
        .filter(HeaderProperty::isClaimedBy)
        .forEach(name -> add(HeaderProperty.parse(name).orElseThrow()));
  }

  private void add(HeaderProperty property) {
    String field = property.fieldName().toLowerCase(Locale.ROOT);
    boolean twice =
        !names.add(field)
            || MEMBERS_OF_FIELD.getOrDefault(field, Set.of()).stream()
                .anyMatch(member -> PartComposer.given(part, member));
    if (twice) {
      throw RefusedDraftException.property(at, property.fieldName() + " is given twice");
    }
    if (field.equals("content-transfer-encoding")) {
      throw RefusedDraftException.property(at, property.fieldName() + " is for the server to set");
    }
    String lines = FieldText.of(property, part.get(property.property()));
    if (field.equals("content-type")) {
      if (property.all()) {
        throw RefusedDraftException.property(at, "Content-Type stands once");
      }
      contentType = contentType(lines);
    } else {
      given.append(lines);
    }
  }

  /** What is given is written anew: its boundary, and its charset if need be, are the server's. */
  private Optional<ParameterizedValue> contentType(String lines) {
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    ParameterizedValue value = ParameterizedValue.parse(lines.substring(lines.indexOf(':') + 1));
    if (value.value().isEmpty()
        || !value.parameters().keySet().stream().allMatch(PartComposer.TOKEN.asMatchPredicate())) {
      throw RefusedDraftException.property(at, "Content-Type is none");
    }
    return Optional.of(value);
  }

  /** The media type, whichever property tells it. */
  Optional<String> type() {
    return PartComposer.text(part, "type").or(() -> contentType.map(ParameterizedValue::value));
  }

  /** The parameters of a Content-Type that is given as a field, but for those named. */
  String typeParameters(Set<String> without) {
    return contentType.map(ParameterizedValue::parameters).orElse(Map.of()).entrySet().stream()
        .filter(parameter -> !without.contains(parameter.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(parameter -> ParameterText.of(parameter.getKey(), parameter.getValue()))
        .collect(Collectors.joining());
  }

  /** The names of the fields given one by one, in lower case. */
  Set<String> names() {
    return names;
  }

  String with(String type, Optional<String> charset, PartDefaults defaults) {
    Optional<String> disposition = disposition(defaults);
    Optional<String> name = PartComposer.text(part, "name");
    Set<String> told = new HashSet<>(Set.of("boundary"));
    if (PartComposer.given(part, "partId")) {
      told.add("charset");
    }
    name.ifPresent(value -> told.add("name"));
    String parameters =
        typeParameters(told)
            + charset.map(value -> ParameterText.of("charset", value)).orElse("")
            + (disposition.isPresent()
                ? ""
                : name.map(n -> ParameterText.of("name", n)).orElse(""));
    return "Content-Type: "
        + type
        + parameters
        + "\r\n"
        + withoutType(
            disposition.map(
                value -> value + name.map(n -> ParameterText.of("filename", n)).orElse("")));
  }

  private Optional<String> disposition(PartDefaults defaults) {
    if (names.contains("content-disposition")) {
      return Optional.empty();
    }
    Optional<String> disposition = PartComposer.text(part, "disposition");
    if (disposition.isPresent() && !PartComposer.TOKEN.matcher(disposition.get()).matches()) {
      throw RefusedDraftException.property(at, "disposition is none");
    }
    return disposition.or(defaults::disposition);
  }

  /** All fields but Content-Type. */
  String withoutType(Optional<String> disposition) {
    StringBuilder fields = new StringBuilder();
    disposition.ifPresent(v -> fields.append("Content-Disposition: ").append(v).append("\r\n"));
    PartComposer.text(part, "cid")
        .ifPresent(v -> fields.append("Content-ID: <").append(word("cid", v)).append(">\r\n"));
    PartComposer.text(part, "location")
        .ifPresent(
            v -> fields.append("Content-Location: ").append(word("location", v)).append("\r\n"));
    if (PartComposer.given(part, "language") && !part.get("language").isEmpty()) {
      FoldedValue tags = new FoldedValue("Content-Language:".length());
      JsonNode list = part.get("language");
      for (int i = 0; i < list.size(); i++) {
        String tag = word("language", list.get(i).stringValue());
        tags.add(tag + (i + 1 < list.size() ? "," : ""));
      }
      fields.append("Content-Language:").append(tags).append("\r\n");
    }
    return fields.append(given).toString();
  }

  private String word(String member, String value) {
    if (value.isEmpty()
        || value.chars().anyMatch(c -> c <= ' ' || c > '~' || c == '<' || c == '>')) {
      throw RefusedDraftException.property(at, member + " holds characters that it must not");
    }
    return value;
  }
}
