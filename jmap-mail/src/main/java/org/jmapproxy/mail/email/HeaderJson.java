package org.jmapproxy.mail.email;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonType;
import org.jmapproxy.mail.header.EmailAddress;
import org.jmapproxy.mail.header.EmailAddressGroup;
import org.jmapproxy.mail.header.HeaderBlock;
import org.jmapproxy.mail.header.HeaderForm;
import org.jmapproxy.mail.header.HeaderProperty;
import org.jmapproxy.mail.header.HeaderValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** Header values in JSON, form by form (RFC 8621 section 4.1.2). */
final class HeaderJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final JsonType ADDRESSES =
      JsonType.listOf(
          JsonType.object(members("name", JsonType.STRING.orNull(), "email", JsonType.STRING)));

  private static final JsonType GROUPS =
      JsonType.listOf(
          JsonType.object(members("name", JsonType.STRING.orNull(), "addresses", ADDRESSES)));

  private HeaderJson() {}

  /** The type of a property's values. */
  static JsonType type(HeaderProperty property) {
    JsonType one = type(property.form());
    return property.all() ? JsonType.listOf(one) : one.orNull();
  }

  private static JsonType type(HeaderForm form) {
    return switch (form) {
      case RAW, TEXT -> JsonType.STRING;
      case ADDRESSES -> ADDRESSES;
      case GROUPED_ADDRESSES -> GROUPS;
      case MESSAGE_IDS, URLS -> JsonType.listOf(JsonType.STRING);
      case DATE -> JsonType.DATE;
    };
  }

  /** A property's value in a header. */
  static JsonNode value(HeaderProperty property, HeaderBlock header) {
    if (!property.all()) {
      return orNull(property.readLast(header));
    }
    return array(property.readAll(header), HeaderJson::orNull);
  }

  /** All fields of a header in Raw form. */
  static ArrayNode fields(HeaderBlock header) {
    return array(
        header.fields(),
        field -> JSON.objectNode().put("name", field.name()).put("value", field.value()));
  }

  private static JsonNode orNull(Optional<HeaderValue> value) {
    return value.map(HeaderJson::json).orElse(NullNode.instance);
  }

  private static JsonNode json(HeaderValue value) {
    if (value instanceof HeaderValue.Raw raw) {
      return JSON.stringNode(raw.value());
    } else if (value instanceof HeaderValue.Text text) {
      return JSON.stringNode(text.text());
    } else if (value instanceof HeaderValue.Addresses list) {
      return array(list.addresses(), HeaderJson::address);
    } else if (value instanceof HeaderValue.GroupedAddresses list) {
      return array(list.groups(), HeaderJson::group);
    } else if (value instanceof HeaderValue.MessageIds list) {
      return array(list.ids(), JSON::stringNode);
    } else if (value instanceof HeaderValue.Urls list) {
      return array(list.urls(), JSON::stringNode);
    }
    return JSON.stringNode(Dates.date(((HeaderValue.Date) value).date()));
  }

  private static ObjectNode address(EmailAddress address) {
    ObjectNode json = JSON.objectNode();
    json.set("name", address.name().<JsonNode>map(JSON::stringNode).orElse(NullNode.instance));
    return json.put("email", address.email());
  }

  private static ObjectNode group(EmailAddressGroup group) {
    ObjectNode json = JSON.objectNode();
    json.set("name", group.name().<JsonNode>map(JSON::stringNode).orElse(NullNode.instance));
    json.set("addresses", array(group.addresses(), HeaderJson::address));
    return json;
  }

  private static <V> ArrayNode array(List<V> values, Function<V, JsonNode> writer) {
    ArrayNode array = JSON.arrayNode();
    values.forEach(value -> array.add(writer.apply(value)));
    return array;
  }

  private static Map<String, JsonType> members(
      String first, JsonType firstType, String second, JsonType secondType) {
    Map<String, JsonType> members = new LinkedHashMap<>();
    members.put(first, firstType);
    members.put(second, secondType);
    return members;
  }
}
