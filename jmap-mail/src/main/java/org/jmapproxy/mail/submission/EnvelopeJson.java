package org.jmapproxy.mail.submission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.json.JsonType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Envelopes in JSON (RFC 8621 section 7). */
public final class EnvelopeJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final JsonType ADDRESS =
      members("email", JsonType.STRING, "parameters", parameters());

  /** The type of an envelope. */
  public static final JsonType TYPE =
      members("mailFrom", ADDRESS, "rcptTo", JsonType.listOf(ADDRESS));

  private EnvelopeJson() {}

  /** Writes an envelope. */
  public static ObjectNode write(Envelope envelope) {
    ObjectNode json = JSON.objectNode();
    json.set("mailFrom", write(envelope.mailFrom()));
    ArrayNode rcptTo = json.putArray("rcptTo");
    envelope.rcptTo().forEach(recipient -> rcptTo.add(write(recipient)));
    return json;
  }

  /** Reads an envelope of the {@link #TYPE} that has all its members. */
  public static Envelope read(JsonNode json) {
    List<EnvelopeAddress> rcptTo = new ArrayList<>();
    json.path("rcptTo").forEach(recipient -> rcptTo.add(address(recipient)));
    return new Envelope(address(json.path("mailFrom")), rcptTo);
  }

  /** What a value of the {@link #TYPE} lacks to be an envelope. */
  static Optional<String> problem(JsonNode json) {
    if (!json.path("mailFrom").has("email")) {
      return Optional.of("mailFrom must have an email");
    }
    if (!json.has("rcptTo")) {
      return Optional.of("rcptTo is required");
    }
    for (JsonNode recipient : json.path("rcptTo")) {
      if (!recipient.has("email")) {
        return Optional.of("every recipient must have an email");
      }
    }
    return Optional.empty();
  }

  private static EnvelopeAddress address(JsonNode json) {
    Map<String, Optional<String>> parameters = new LinkedHashMap<>();
    json.path("parameters")
        .properties()
        .forEach(
            entry ->
                parameters.put(
                    entry.getKey().toUpperCase(Locale.ROOT),
                    entry.getValue().isString()
                        ? Optional.of(entry.getValue().stringValue())
                        : Optional.empty()));
    return new EnvelopeAddress(
        json.path("email").asString(""), parameters, json.path("parameters").isObject());
  }

  private static ObjectNode write(EnvelopeAddress address) {
    ObjectNode json = JSON.objectNode().put("email", address.email());
    if (!address.hasParameters()) {
      json.set("parameters", NullNode.instance);
      return json;
    }
    ObjectNode parameters = json.putObject("parameters");
    address
        .parameters()
        .forEach(
            (name, value) ->
                parameters.set(
                    name, value.<JsonNode>map(JSON::stringNode).orElse(NullNode.instance)));
    return json;
  }

  private static JsonType parameters() {
    return JsonType.mapOf(JsonType.STRING.orNull()).orNull();
  }

  private static JsonType members(
      String first, JsonType firstType, String second, JsonType secondType) {
    Map<String, JsonType> members = new LinkedHashMap<>();
    members.put(first, firstType);
    members.put(second, secondType);
    return JsonType.object(members);
  }
}
