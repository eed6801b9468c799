package org.jmapproxy.mail.identity;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.mail.header.EmailAddress;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code EmailAddress[]|null} in JSON (RFC 8621 section 4.1.2.3). */
public final class AddressJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** The type of the value. */
  public static final JsonType TYPE = JsonType.listOf(JsonType.object(members())).orNull();

  private AddressJson() {}

  /** Writes a list, or null for none. */
  public static JsonNode write(Optional<List<EmailAddress>> addresses) {
    return addresses.<JsonNode>map(AddressJson::array).orElse(NullNode.instance);
  }

  /** Reads a value of the {@link #TYPE}. */
  public static Optional<List<EmailAddress>> read(JsonNode value) {
    if (!value.isArray()) {
      return Optional.empty();
    }
    List<EmailAddress> addresses = new ArrayList<>();
    for (JsonNode address : value) {
      JsonNode name = address.path("name");
      addresses.add(
          new EmailAddress(
              name.isString() ? Optional.of(name.stringValue()) : Optional.empty(),
              address.path("email").asString("")));
    }
    return Optional.of(addresses);
  }

  private static ArrayNode array(List<EmailAddress> addresses) {
    ArrayNode array = JSON.arrayNode();
    for (EmailAddress address : addresses) {
      ObjectNode json = array.addObject();
      json.set("name", address.name().<JsonNode>map(JSON::stringNode).orElse(NullNode.instance));
      json.put("email", address.email());
    }
    return array;
  }

  private static Map<String, JsonType> members() {
    Map<String, JsonType> members = new LinkedHashMap<>();
    members.put("name", JsonType.STRING.orNull());
    members.put("email", JsonType.STRING);
    return members;
  }
}
