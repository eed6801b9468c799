package org.jmapproxy.core.internal.json;

import org.jmapproxy.core.error.RequestError;
import org.jmapproxy.core.error.RequestException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads I-JSON (RFC 7493) and nothing else: UTF-8 without byte order mark, every name once, no
 * surrogates or noncharacters, numbers that a double can hold, one value to the end. Thread-safe.
 */
public final class JsonReader {

  private final JsonNodeFactory nodes = JsonNodeFactory.instance;
  private final JsonBounds bounds;
  private final JsonFactory factory;

  /** A reader that accepts documents within the bounds. */
  public JsonReader(JsonBounds bounds) {
    this.bounds = bounds;
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxDocumentLength(bounds.maxSize())
            .maxNestingDepth(bounds.maxDepth())
            .maxTokenCount(bounds.maxTokens())
            .maxNameLength(bounds.maxNameLength())
            .maxNumberLength(bounds.maxNumberLength())
            .maxStringLength(bounds.maxSize())
            .build();
    factory =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
            .build();
  }

  /**
   * The value that the document consists of.
   *
   * @throws RequestException {@code notJSON} with the reason and the place
   */
  public JsonNode read(byte[] document) {
    if (document.length > bounds.maxSize()) {
      throw refused("the document is too long");
    }
    int invalid = Utf8.firstInvalid(document);
    if (invalid >= 0) {
      throw refused("not UTF-8 at octet " + invalid);
    }
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), document)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw refused("the document is empty");
      }
      JsonNode value = value(parser, first);
      if (parser.nextToken() != null) {
        throw refused(parser, "there is more after the end of the value");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw refused("beyond the bounds of depth, length or number of values" + place(e));
    } catch (JacksonException e) {
      throw refused("not JSON" + place(e));
    }
  }

  /** The recursion is bounded by the constraint on the depth. */
  private JsonNode value(JsonParser parser, JsonToken token) {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> nodes.stringNode(checked(parser, parser.getString()));
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> decimal(parser);
      case VALUE_TRUE -> nodes.booleanNode(true);
      case VALUE_FALSE -> nodes.booleanNode(false);
      case VALUE_NULL -> nodes.nullNode();
      default -> throw refused(parser, "not JSON");
    };
  }

  private ObjectNode object(JsonParser parser) {
    ObjectNode object = nodes.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      checked(parser, name);
      JsonToken token = parser.nextToken();
      if (token == null) {
        throw refused(parser, "not JSON");
      }
      if (object.replace(name, value(parser, token)) != null) {
        throw refused(parser, "an object has two members of the same name");
      }
    }
    return object;
  }

  private ArrayNode array(JsonParser parser) {
    ArrayNode array = nodes.arrayNode();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token == null) {
        throw refused(parser, "not JSON");
      }
      array.add(value(parser, token));
    }
    return array;
  }

  private JsonNode integer(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> nodes.numberNode(parser.getIntValue());
      case LONG -> nodes.numberNode(parser.getLongValue());
      default -> nodes.numberNode(parser.getBigIntegerValue());
    };
  }

  private JsonNode decimal(JsonParser parser) {
    double number = parser.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw refused(parser, "a number is too large");
    }
    return nodes.numberNode(number);
  }

  private static String checked(JsonParser parser, String text) {
    if (!UnicodeScalars.allowed(text)) {
      throw refused(parser, "a string has a lone surrogate or a noncharacter");
    }
    return text;
  }

  private static RequestException refused(String reason) {
    return new RequestException(RequestError.notJson(reason));
  }

  private static RequestException refused(JsonParser parser, String reason) {
    return refused(reason + place(parser.currentLocation()));
  }

  private static String place(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null ? "" : place(location);
  }

  private static String place(TokenStreamLocation location) {
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
