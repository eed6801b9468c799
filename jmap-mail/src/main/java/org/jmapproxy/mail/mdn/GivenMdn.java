package org.jmapproxy.mail.mdn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jmapproxy.core.id.Id;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.mail.report.TypedAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a client gives of an MDN (RFC 9007 section 2).
 *
 * @param forEmailId the Email that it is about, which need not exist
 * @param subject instead of ours
 * @param textBody instead of ours
 * @param includeOriginalMessage whether to attach the Email's message
 * @param reportingUA the client's name, if it wants to tell it
 * @param disposition what became of the Email
 * @param finalRecipient instead of the Identity's address
 * @param extensionFields further fields, which fit into a message
 */
record GivenMdn(
    Id forEmailId,
    Optional<String> subject,
    Optional<String> textBody,
    boolean includeOriginalMessage,
    Optional<String> reportingUA,
    Disposition disposition,
    Optional<TypedAddress> finalRecipient,
    Map<String, String> extensionFields) {

  private static final int MOST_EXTENSIONS = 100;
  private static final int LONGEST_NAME = 76;
  private static final int LONGEST_VALUE = 10_000;

  /** The name that the example of section 3.1 has for {@code extensionFields}. */
  private static final String EXAMPLE_NAME = "extension";

  /**
   * Reads an MDN object.
   *
   * @param creationIds resolves creation ids
   * @throws RefusedMdnException when it breaks a rule
   */
  static GivenMdn decode(ObjectNode sent, UnaryOperator<String> creationIds) {
    ObjectNode mdn = sent.deepCopy();
    if (mdn.has(EXAMPLE_NAME) && !mdn.has("extensionFields")) {
      mdn.set("extensionFields", mdn.remove(EXAMPLE_NAME));
    }
    JsonNode emailId = JsonType.ID.mapIds(mdn.path("forEmailId"), creationIds);
    if (!emailId.isMissingNode()) {
      mdn.set("forEmailId", emailId);
    }
    checkTypes(mdn);
    JsonNode disposition = mdn.path("disposition");
    return new GivenMdn(
        Id.of(mdn.path("forEmailId").stringValue()),
        line(mdn, "subject"),
        text(mdn, "textBody"),
        mdn.path("includeOriginalMessage").asBoolean(false),
        line(mdn, "reportingUA"),
        new Disposition(
            member(disposition, "actionMode"),
            member(disposition, "sendingMode"),
            member(disposition, "type")),
        line(mdn, "finalRecipient").map(GivenMdn::recipient),
        extensions(mdn.path("extensionFields")));
  }

  private static void checkTypes(ObjectNode mdn) {
    for (Map.Entry<String, JsonNode> property : mdn.properties()) {
      JsonType type = MdnJson.GIVEN.get(property.getKey());
      boolean isForServer = type == null && MdnJson.SERVER_SET.contains(property.getKey());
      if (isForServer && property.getValue().isNull()) {
        continue;
      }
      Optional<String> problem =
          type == null
              ? Optional.of(isForServer ? "is set by the server" : "is not known")
              : type.problem(property.getValue());
      if (problem.isPresent()) {
        throw RefusedMdnException.property(property.getKey(), problem.get());
      }
    }
    for (String required : List.of("forEmailId", "disposition")) {
      if (!mdn.has(required)) {
        throw RefusedMdnException.property(required, "is required");
      }
    }
  }

  private static String member(JsonNode disposition, String name) {
    if (!disposition.has(name)) {
      throw RefusedMdnException.property("disposition", name + " is required");
    }
    return disposition.get(name).stringValue();
  }

  private static Optional<String> text(ObjectNode mdn, String property) {
    return Optional.of(mdn.path(property)).filter(JsonNode::isString).map(JsonNode::stringValue);
  }

  private static Optional<String> line(ObjectNode mdn, String property) {
    Optional<String> text = text(mdn, property).filter(value -> !value.isBlank());
    text.ifPresent(value -> checkLine(property, value));
    return text;
  }

  private static void checkLine(String property, String value) {
    if (value.length() > LONGEST_VALUE || value.chars().anyMatch(Character::isISOControl)) {
      throw RefusedMdnException.property(
          property, "must be one line of at most " + LONGEST_VALUE + " characters");
    }
  }

  /** A bare address is one of electronic mail. */
  private static TypedAddress recipient(String text) {
    return TypedAddress.parse(text)
        .or(
            () ->
                text.contains(";") ? Optional.empty() : Optional.of(TypedAddress.of(text.strip())))
        .orElseThrow(
            () ->
                RefusedMdnException.property(
                    "finalRecipient", "must be a type, a semicolon and an address"));
  }

  private static Map<String, String> extensions(JsonNode json) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String name = field.getKey();
      String value = field.getValue().stringValue();
      if (!isFieldName(name)) {
        throw RefusedMdnException.property("extensionFields", "a name is no name of a field");
      }
      if (MdnReader.STANDARD_FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
        throw RefusedMdnException.property("extensionFields", name + " is no extension");
      }
      checkLine("extensionFields", value);
      fields.put(name, value);
    }
    if (fields.size() > MOST_EXTENSIONS) {
      throw RefusedMdnException.property(
          "extensionFields", "there can be at most " + MOST_EXTENSIONS);
    }
    return fields;
  }

  private static boolean isFieldName(String name) {
    return !name.isEmpty()
        && name.length() <= LONGEST_NAME
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
  }
}
