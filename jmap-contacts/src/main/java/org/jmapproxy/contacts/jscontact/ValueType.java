package org.jmapproxy.contacts.jscontact;

import java.util.Arrays;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jmapproxy.core.json.Dates;
import org.jmapproxy.core.json.JsonPath;
import tools.jackson.databind.JsonNode;

/** What a property of JSContact may be (RFC 9553 sections 1.3 and 1.4). */
interface ValueType {

  Pattern VENDOR = Pattern.compile("[^\\p{Cntrl}\":/~ ]+:[^\\p{Cntrl}\"/~]+");

  /** Reports what is wrong with a value. */
  void check(String pointer, JsonNode value, CardValidator found);

  ValueType STRING = simple("must be a string", JsonNode::isString);

  ValueType NOT_EMPTY =
      simple("must be a string that is not empty", v -> v.isString() && !v.stringValue().isEmpty());

  ValueType BOOLEAN = simple("must be a boolean", JsonNode::isBoolean);

  ValueType ANY = (pointer, value, found) -> {};

  ValueType POSITION = integer(1, 9007199254740991L);

  ValueType PREF = integer(1, 100);

  /** A URI; only the scheme is looked at, for the rest is the reader's. */
  ValueType URI =
      simple(
          "must be a URI",
          v -> v.isString() && v.stringValue().matches("(?s)[A-Za-z][A-Za-z0-9+.-]*:.*"));

  ValueType UTC =
      simple("must be a UTCDateTime", v -> v.isString() && isUtcDateTime(v.stringValue()));

  ValueType LANGUAGE =
      simple(
          "must be a language tag",
          v -> v.isString() && v.stringValue().matches("[A-Za-z0-9]{1,8}(-[A-Za-z0-9]{1,8})*"));

  ValueType ID =
      simple("must be an id", v -> v.isString() && v.stringValue().matches("[A-Za-z0-9_-]{1,255}"));

  /** The letters are in upper case, and a fraction has no zeros at its end. */
  private static boolean isUtcDateTime(String text) {
    return Dates.isUtcDate(text) && !text.matches(".*\\.\\d*0Z");
  }

  static ValueType simple(String problem, Predicate<JsonNode> test) {
    return (pointer, value, found) -> {
      if (!test.test(value)) {
        found.add(pointer, problem);
      }
    };
  }

  static ValueType integer(long min, long max) {
    return simple(
        "must be an integer from " + min + " to " + max,
        v ->
            v.isNumber()
                && v.canConvertToExactIntegral()
                && v.canConvertToLong()
                && v.asLong() >= min
                && v.asLong() <= max);
  }

  /** One of the registered values, or one of a vendor (section 1.8.2). */
  static ValueType oneOf(String... values) {
    Set<String> known = Set.copyOf(Arrays.asList(values));
    return simple(
        "must be one of " + String.join(", ", values) + ", or a vendor's value",
        v ->
            v.isString()
                && (known.contains(v.stringValue()) || VENDOR.matcher(v.stringValue()).matches()));
  }

  /** {@code String[Boolean]} where every value is true. */
  static ValueType setOf(ValueType keys) {
    return (pointer, value, found) -> {
      if (!value.isObject()) {
        found.add(pointer, "must be an object");
        return;
      }
      value
          .properties()
          .forEach(
              entry -> {
                String member = pointer + "/" + JsonPath.escape(entry.getKey());
                keys.check(
                    member, tools.jackson.databind.node.StringNode.valueOf(entry.getKey()), found);
                if (!entry.getValue().isBoolean() || !entry.getValue().booleanValue()) {
                  found.add(member, "must be true");
                }
              });
    };
  }

  static ValueType mapOf(ValueType keys, ValueType values) {
    return (pointer, value, found) -> {
      if (!value.isObject()) {
        found.add(pointer, "must be an object");
        return;
      }
      value
          .properties()
          .forEach(
              entry -> {
                String member = pointer + "/" + JsonPath.escape(entry.getKey());
                keys.check(
                    member, tools.jackson.databind.node.StringNode.valueOf(entry.getKey()), found);
                values.check(member, entry.getValue(), found);
              });
    };
  }

  static ValueType listOf(ValueType items) {
    return (pointer, value, found) -> {
      if (!value.isArray() || value.isEmpty()) {
        found.add(pointer, "must be an array that is not empty");
        return;
      }
      for (int i = 0; i < value.size(); i++) {
        items.check(pointer + "/" + i, value.get(i), found);
      }
    };
  }
}
